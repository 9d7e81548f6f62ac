package io.drainwatch.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.resourcegraph.ResourceGraphManager;
import com.azure.resourcemanager.resourcegraph.models.QueryRequest;
import com.azure.resourcemanager.resourcegraph.models.QueryRequestOptions;
import com.azure.resourcemanager.resourcegraph.models.QueryResponse;
import com.azure.resourcemanager.resourcegraph.models.ResultFormat;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drainwatch.watcher.azure.GraphEvent;
import java.util.ArrayList;
import java.util.List;

/** Scheduled events as Resource Graph has them, which a subscription has to opt in to (preview). */
final class GraphQuery {
  private static final String QUERY =
      "maintenanceresources | where type == 'microsoft.maintenance/scheduledevents'"
          + " | project id, name, properties";
  private static final String BEFORE_THE_EVENT = "/providers/microsoft.maintenance/";
  private static final int MOST_PAGES = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private GraphQuery() {}

  static List<GraphEvent> events(
      HttpPipeline pipeline, AzureEnvironment environment, String subscription) {
    ResourceGraphManager graph =
        ResourceGraphManager.authenticate(
            pipeline, new AzureProfile("", subscription, environment));
    List<GraphEvent> events = new ArrayList<>();
    QueryRequestOptions options =
        new QueryRequestOptions().withResultFormat(ResultFormat.OBJECT_ARRAY);
    for (int page = 0; page < MOST_PAGES; page++) {
      QueryResponse answer =
          graph
              .resourceProviders()
              .resources(
                  new QueryRequest()
                      .withSubscriptions(List.of(subscription))
                      .withQuery(QUERY)
                      .withOptions(options));
      for (JsonNode row : JSON.<JsonNode>valueToTree(answer.data())) {
        events.add(event(row));
      }
      if (Told.text(answer.skipToken()).isEmpty()) {
        break;
      }
      options.withSkipToken(answer.skipToken());
    }
    return List.copyOf(events);
  }

  private static GraphEvent event(JsonNode row) {
    JsonNode properties = row.path("properties");
    String id = row.path("id").asText("");
    int end = id.toLowerCase(java.util.Locale.ROOT).indexOf(BEFORE_THE_EVENT);
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
