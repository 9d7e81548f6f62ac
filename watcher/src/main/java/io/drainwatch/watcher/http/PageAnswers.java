package io.drainwatch.watcher.http;

import io.drainwatch.watcher.pages.PageHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/** Pages, and parts of them, as answers: with all the headers that keep a page to itself. */
final class PageAnswers {
  private PageAnswers() {}

  static MutableHttpResponse<String> html(String page) {
    MutableHttpResponse<String> answer =
        HttpResponse.ok(page).contentType(MediaType.TEXT_HTML_TYPE).characterEncoding("utf-8");
    PageHeaders.ALL.forEach(answer::header);
    return answer;
  }
}
