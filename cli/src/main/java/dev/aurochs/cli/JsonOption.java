package dev.aurochs.cli;

import picocli.CommandLine.Option;

/** {@code --json}. */
final class JsonOption {
    @Option(names = "--json", order = 80, description = "Print one JSON document instead.")
    private boolean json;

    boolean isSet() {
        return json;
    }
}
