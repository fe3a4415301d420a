package dev.aurochs.cli;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a queue's name, so that a wrong one is refused before any store is opened. */
final class QueueValue implements ITypeConverter<QueueName> {
    @Override
    public QueueName convert(String text) {
        try {
            return QueueName.of(text);
        } catch (InvalidInputException broken) {
            throw new TypeConversionException(broken.getMessage());
        }
    }
}
