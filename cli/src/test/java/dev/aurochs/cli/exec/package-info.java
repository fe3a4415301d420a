@NullMarked
package dev.aurochs.cli.exec;

import org.jspecify.annotations.NullMarked;
