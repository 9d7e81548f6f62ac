/**
 * L5 for Nodes: every way through small worlds, in which two events, two pods, one budget, one
 * person, one crash and two leaders get in each other's way. What decides is the product's own
 * code, folded over values; what is around it (server, platform, queue of requests) is a value too.
 */
package io.drainwatch.drainer.ways;
