/** Parents and children on queues alone: units taken in whole, and a ledger per parent. */
@NullMarked
package dev.aurochs.rabbitmq.flow;

import org.jspecify.annotations.NullMarked;
