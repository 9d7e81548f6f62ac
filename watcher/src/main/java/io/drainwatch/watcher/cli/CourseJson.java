package io.drainwatch.watcher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drainwatch.watcher.azure.Course;

/** A real event's course, for machines. */
final class CourseJson {
  private CourseJson() {}

  static ObjectNode of(Course course) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Course.Verdict verdict = course.verdict();
    json.put("passed", verdict.passed()).put("verdict", verdict.sentence());
    ArrayNode steps = json.putArray("steps");
    course
        .steps()
        .forEach(
            step -> steps.addObject().put("at", step.at().toString()).put("what", step.what()));
    return json;
  }
}
