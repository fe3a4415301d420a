package dev.aurochs.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        String built = version == null ? "(not built into a jar)" : version;
        return new String[] {"aurochs " + built + ", Java " + Runtime.version()};
    }
}
