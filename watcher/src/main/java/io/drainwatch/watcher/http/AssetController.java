package io.drainwatch.watcher.http;

import io.drainwatch.watcher.pages.Asset;
import io.drainwatch.watcher.pages.PageHeaders;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import java.util.Optional;

/**
 * Styles, script and pictures of the pages, of daemon and drainer alike. A browser keeps them and
 * asks each time whether they have changed: they do with the next version.
 */
@Controller("/assets")
final class AssetController {

  @Get("/{name}")
  HttpResponse<byte[]> asset(
      String name, @Header(HttpHeaders.IF_NONE_MATCH) Optional<String> known) {
    Asset asset =
        Asset.named(name)
            .orElseThrow(
                () ->
                    new RequestRefused(
                        HttpStatus.NOT_FOUND, "GET /assets", "there is nothing at this path"));
    MutableHttpResponse<byte[]> answer =
        known.filter(asset.etag()::equals).isPresent()
            ? HttpResponse.notModified()
            : HttpResponse.ok(asset.content()).header(HttpHeaders.CONTENT_TYPE, asset.type());
    return answer
        .header(HttpHeaders.ETAG, asset.etag())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", PageHeaders.NOTHING)
        .header("Cross-Origin-Resource-Policy", "same-origin");
  }
}
