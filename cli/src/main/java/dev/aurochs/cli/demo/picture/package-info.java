/** What the demo's jobs do to a picture: read it, judge it, make it smaller. Knows nothing of queues. */
@NullMarked
package dev.aurochs.cli.demo.picture;

import org.jspecify.annotations.NullMarked;
