// A program that knows RabbitMQ, not Aurochs: node amqp.mjs <folder with node_modules> <amqp address> <prefix>.
// Reads a command per line on stdin and answers a line per command on stdout, as peer.mjs does.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const [folder, address, prefix] = process.argv.slice(2);
const amqp = createRequire(resolve(folder, 'package.json'))('amqplib');
const connection = await amqp.connect(address);
const channel = await connection.createConfirmChannel();
const heard = [];
connection.on('error', error => console.error(`connection: ${error.stack}`));
channel.on('return', message => console.error(`returned: ${message.fields.routingKey}`));

const commands = {
    /** Events that come from now on are kept for `events`. */
    async listen({ queue }) {
        const own = await channel.assertQueue('', { exclusive: true });
        await channel.bindQueue(own.queue, `${prefix}.events`, `${queue}.#`);
        await channel.consume(own.queue, message => heard.push(...JSON.parse(message.content)), { noAck: true });
    },
    events: () => heard,
    /** Resolves when the broker has the message. */
    async publish({ queue, body, properties }) {
        channel.publish('', `${prefix}.${queue}.wait`, Buffer.from(body), { mandatory: true, persistent: true, ...properties });
        await channel.waitForConfirms();
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { id, do: command, ...fields } = JSON.parse(line);
    try {
        console.log(JSON.stringify({ id, ok: (await commands[command](fields)) ?? null }));
    } catch (error) {
        console.log(JSON.stringify({ id, error: { name: error.name, message: error.message } }));
    }
}
await connection.close();
