package dev.aurochs.queue.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How tests say that a value is refused. */
final class Refusals {
    private Refusals() {}

    /** The call is refused; the error names the field, the value and a rule that can be read on its own. */
    static InvalidInputException refused(String field, Object value, ThrowingCallable call) {
        InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class, call);
        assertThat(refusal).as("refusal of %s %s", field, value).isNotNull();
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.value()).isEqualTo(String.valueOf(value));
        assertThat(refusal.rule()).isNotBlank();
        assertThat(refusal.getMessage()).startsWith(field + " ").contains(refusal.rule());
        assertThat(refusal.isTemporary()).isFalse();
        return refusal;
    }
}
