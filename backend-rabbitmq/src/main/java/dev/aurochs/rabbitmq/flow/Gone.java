package dev.aurochs.rabbitmq.flow;

/** A message for a ledger that is not there. */
final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(String ledger) {
        super("there is no ledger '" + ledger + "'");
    }
}
