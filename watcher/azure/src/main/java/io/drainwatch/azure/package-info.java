/**
 * Resource Manager over the Azure SDK, behind {@code AzureResources}: the only package that knows
 * {@code com.azure}. Asks and translates, decides nothing. Every exchange, every question and every
 * wait has a limit; what Azure answers becomes a value; tokens are neither kept nor logged here.
 */
@NullMarked
package io.drainwatch.azure;

import org.jspecify.annotations.NullMarked;
