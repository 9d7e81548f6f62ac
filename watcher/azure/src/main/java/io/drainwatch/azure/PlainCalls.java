package io.drainwatch.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.watcher.azure.Permissions;
import io.drainwatch.watcher.azure.ResourceId;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Two calls without an SDK: the one for acknowledging is a preview that is not to be had, and the
 * one for permissions would bring a library for a single question. They go through the same
 * pipeline, with its login, limits and retries.
 */
final class PlainCalls {
  private static final String ACKNOWLEDGE_VERSION = "2025-11-01";
  private static final String PERMISSIONS_VERSION = "2022-04-01";
  private static final String EVENT_ID = "[A-Za-z0-9-]{1,128}";
  private static final int MOST_PAGES = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpPipeline pipeline;
  private final URI endpoint;

  PlainCalls(HttpPipeline pipeline, URI endpoint) {
    this.pipeline = pipeline;
    this.endpoint = endpoint;
  }

  /**
   * @return what Azure says, such as "Successfully Approved"
   */
  String acknowledge(ResourceId of, String eventId, Context wanted) throws IOException {
    if (!eventId.matches(EVENT_ID)) {
      throw new IllegalArgumentException("this is no id of an event");
    }
    String path =
        of.path()
            + "/providers/Microsoft.Maintenance/scheduledevents/"
            + eventId
            + "/acknowledge?api-version="
            + ACKNOWLEDGE_VERSION;
    return send(new HttpRequest(HttpMethod.POST, endpoint + path), wanted).path("value").asText("");
  }

  Permissions permissions(ResourceId of) throws IOException {
    List<Permissions.Grant> grants = new ArrayList<>();
    String next =
        endpoint
            + of.path()
            + "/providers/Microsoft.Authorization/permissions?api-version="
            + PERMISSIONS_VERSION;
    for (int page = 0; page < MOST_PAGES && !next.isEmpty(); page++) {
      JsonNode answer = send(new HttpRequest(HttpMethod.GET, next), Context.NONE);
      for (JsonNode role : answer.path("value")) {
        grants.add(new Permissions.Grant(texts(role, "actions"), texts(role, "notActions")));
      }
      next = answer.path("nextLink").asText("");
      // a token goes to nobody else
      if (!next.isEmpty() && !endpoint.getAuthority().equals(URI.create(next).getAuthority())) {
        throw new IOException("the next page is said to be at another host");
      }
    }
    return new Permissions(grants);
  }

  private static List<String> texts(JsonNode role, String member) {
    List<String> texts = new ArrayList<>();
    role.path(member).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private JsonNode send(HttpRequest request, Context context) throws IOException {
    try (HttpResponse response = pipeline.sendSync(request, context)) {
      String body = response.getBodyAsBinaryData().toString();
      if (response.getStatusCode() / 100 != 2) {
        throw refused(response, body);
      }
      return JSON.readTree(body.isEmpty() ? "{}" : body);
    }
  }

  private static HttpResponseException refused(HttpResponse response, String body) {
    return ErrorBody.of(body)
        .<HttpResponseException>map(error -> new ManagementException("refused", response, error))
        .orElseGet(
            () -> new HttpResponseException(body.isEmpty() ? "an empty answer" : body, response));
  }
}
