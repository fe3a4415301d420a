package dev.aurochs.cli.demo;

/** The demo cannot do what it was asked and says why, and what to do; nothing has been changed. */
final class DemoRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoRefusal(String reason) {
        super(reason);
    }
}
