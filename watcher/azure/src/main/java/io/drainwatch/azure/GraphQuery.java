package io.drainwatch.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.resourcegraph.ResourceGraphManager;
import com.azure.resourcemanager.resourcegraph.models.QueryRequest;
import com.azure.resourcemanager.resourcegraph.models.QueryRequestOptions;
import com.azure.resourcemanager.resourcegraph.models.QueryResponse;
import com.azure.resourcemanager.resourcegraph.models.ResultFormat;
import com.azure.resourcemanager.resourcegraph.models.ResultTruncated;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.watcher.azure.GraphEvent;
import io.drainwatch.watcher.azure.GraphSight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Scheduled events as Resource Graph has them, which a subscription has to opt in to (preview). All
 * pages or an exception: a part is no answer.
 */
final class GraphQuery {
  private static final String EVENT = "microsoft.maintenance/scheduledevents";
  private static final String EVENTS =
      "maintenanceresources | where type == '" + EVENT + "' | project id, name, type, properties";

  /** Ordered, so that pages fit together. */
  private static final String SIGHT =
      EVENTS
          + " | union (resources | where type in~ ('microsoft.compute/virtualmachines',"
          + " 'microsoft.compute/virtualmachinescalesets') | project id, name, type)"
          + " | order by id asc";

  private static final String BEFORE_THE_EVENT = "/providers/microsoft.maintenance/";
  private static final int MOST_PAGES = 20;
  private static final int ROWS_OF_A_PAGE = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private GraphQuery() {}

  static List<GraphEvent> events(
      HttpPipeline pipeline, AzureEnvironment environment, String subscription) {
    return rows(pipeline, environment, List.of(subscription), EVENTS).stream()
        .map(GraphQuery::event)
        .toList();
  }

  static GraphSight sight(
      HttpPipeline pipeline, AzureEnvironment environment, List<String> subscriptions) {
    List<GraphEvent> events = new ArrayList<>();
    Set<String> sees = new HashSet<>();
    for (JsonNode row : rows(pipeline, environment, subscriptions, SIGHT)) {
      if (row.path("type").asText("").equalsIgnoreCase(EVENT)) {
        events.add(event(row));
      } else {
        sees.add(row.path("id").asText(""));
      }
    }
    return new GraphSight(sees, events);
  }

  private static List<JsonNode> rows(
      HttpPipeline pipeline,
      AzureEnvironment environment,
      List<String> subscriptions,
      String query) {
    ResourceGraphManager graph =
        ResourceGraphManager.authenticate(
            pipeline, new AzureProfile("", subscriptions.getFirst(), environment));
    List<JsonNode> rows = new ArrayList<>();
    QueryRequestOptions options =
        new QueryRequestOptions()
            .withResultFormat(ResultFormat.OBJECT_ARRAY)
            .withTop(ROWS_OF_A_PAGE);
    for (int page = 0; page < MOST_PAGES; page++) {
      QueryResponse answer =
          graph
              .resourceProviders()
              .resources(
                  new QueryRequest()
                      .withSubscriptions(subscriptions)
                      .withQuery(query)
                      .withOptions(options));
      JsonNode data = JSON.valueToTree(answer.data());
      if (!data.isArray()) {
        throw new IllegalStateException("the answer is no list");
      }
      data.forEach(rows::add);
      if (Told.text(answer.skipToken()).isEmpty()) {
        refuseAPart(answer, rows.size());
        return rows;
      }
      options.withSkipToken(answer.skipToken());
    }
    throw new IllegalStateException("more than " + MOST_PAGES + " pages");
  }

  private static void refuseAPart(QueryResponse last, int rows) {
    if (ResultTruncated.TRUE.equals(last.resultTruncated())) {
      throw new IllegalStateException("the answer was cut, and does not say how it goes on");
    }
    if (last.totalRecords() != rows) {
      throw new IllegalStateException(
          "only " + rows + " of " + last.totalRecords() + " entries came");
    }
  }

  private static GraphEvent event(JsonNode row) {
    JsonNode properties = row.path("properties");
    String id = row.path("id").asText("");
    int end = id.toLowerCase(Locale.ROOT).indexOf(BEFORE_THE_EVENT);
    List<String> resources = new ArrayList<>();
    properties.path("Resources").forEach(resource -> resources.add(resource.asText()));
    return new GraphEvent(
        end < 0 ? id : id.substring(0, end),
        properties.path("EventId").asText(row.path("name").asText("")),
        properties.path("EventType").asText(""),
        properties.path("EventStatus").asText(""),
        resources,
        properties.path("NotBefore").asText(""));
  }
}
