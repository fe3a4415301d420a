package dev.aurochs.tck;

import dev.aurochs.queue.spi.Capability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a test (or each test of a class) needs of the backend. Never disables: on a backend that lacks one of these the
 * same test must end in the refusal that names it, and nothing may have changed (rule B2).
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {
    Capability[] value();
}
