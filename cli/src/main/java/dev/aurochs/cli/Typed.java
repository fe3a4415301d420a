package dev.aurochs.cli;

import dev.aurochs.cli.input.UsageException;
import java.util.function.Supplier;
import picocli.CommandLine.TypeConversionException;

/** Reads option values so that picocli can say which option a refusal is about. */
final class Typed {
    private Typed() {}

    static <T> T value(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (UsageException refused) {
            throw new TypeConversionException(refused.getMessage());
        }
    }
}
