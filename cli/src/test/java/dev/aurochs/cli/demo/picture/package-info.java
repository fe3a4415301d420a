/** What the jobs do to pictures. */
@NullMarked
package dev.aurochs.cli.demo.picture;

import org.jspecify.annotations.NullMarked;
