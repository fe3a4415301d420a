/** What people type and the files they hand over, read strictly: every refusal says where, what and which rule. */
@NullMarked
package dev.aurochs.cli.input;

import org.jspecify.annotations.NullMarked;
