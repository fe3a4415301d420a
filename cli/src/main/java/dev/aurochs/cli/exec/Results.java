package dev.aurochs.cli.exec;

import dev.aurochs.cli.input.JsonArguments;
import dev.aurochs.queue.job.Json;

/** What a command's output means as a job's result. */
public final class Results {
    private Results() {}

    /** Nothing → {@code null}; one JSON value → that value, its text unchanged; anything else → a JSON string. */
    public static Json of(String output) {
        if (output.isEmpty()) return Json.NULL;
        return JsonArguments.oneValue(output).orElseGet(() -> new Json(JsonArguments.quoted(output)));
    }
}
