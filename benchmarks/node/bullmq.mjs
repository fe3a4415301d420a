// The BullMQ side of `benchmarks/run redis`: node bullmq.mjs <folder with node_modules> <host> <port>.
// Reads a command per line on stdin, answers a line of numbers per command on stdout:
//   add <queue> <jobs> <jobs in a call> <callers>              seconds
//   run <queue> <jobs> <concurrency> <completed jobs to keep>  seconds
//   latency <queue> <rounds>                                   microseconds of each round
//   version                                                    of bullmq
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const [folder, host, port] = process.argv.slice(2);
const require = createRequire(resolve(folder, 'package.json'));
const { Queue, Worker } = require('bullmq');

const connection = { host, port: Number(port), maxRetriesPerRequest: null };
const queues = new Map();
const complain = what => error => console.error(`${what}: ${error?.stack ?? error}`);

function queue(name) {
    if (!queues.has(name)) {
        queues.set(name, new Queue(name, { connection }));
        queues.get(name).on('error', complain(name));
    }
    return queues.get(name);
}

const secondsSince = begin => Number(process.hrtime.bigint() - begin) / 1e9;

async function add(name, jobs, size, callers) {
    const target = queue(name);
    await target.waitUntilReady();
    let left = jobs;
    async function caller() {
        while (left > 0) {
            const count = Math.min(size, left);
            left -= count;
            if (size === 1) await target.add('job', { n: 123 });
            else await target.addBulk(Array.from({ length: count }, () => ({ name: 'job', data: { n: 123 } })));
        }
    }
    const begin = process.hrtime.bigint();
    await Promise.all(Array.from({ length: callers }, caller));
    return secondsSince(begin);
}

async function run(name, jobs, concurrency, keep) {
    const worker = new Worker(name, async () => null, {
        connection, concurrency, autorun: false, removeOnComplete: { count: keep },
    });
    worker.on('error', complain(name));
    await worker.waitUntilReady();
    let ended = 0;
    const all = new Promise(done => worker.on('completed', () => ++ended === jobs && done()));
    const begin = process.hrtime.bigint();
    worker.run().catch(complain(name));
    await all;
    const seconds = secondsSince(begin);
    await worker.close();
    return seconds;
}

async function latency(name, rounds) {
    let begun;
    const worker = new Worker(name, async () => begun(process.hrtime.bigint()), {
        connection, removeOnComplete: { count: 0 },
    });
    worker.on('error', complain(name));
    await worker.waitUntilReady();
    const target = queue(name);
    const micros = [];
    for (let i = 0; i < rounds; i++) {
        const ended = new Promise(done => worker.once('completed', done));
        const pickedUp = new Promise(done => (begun = done));
        // The worker is idle again: it waits in the server, not on its way there.
        await new Promise(done => setTimeout(done, 2));
        const start = process.hrtime.bigint();
        const added = target.add('job', { n: 123 });
        micros.push(Number((await pickedUp) - start) / 1e3);
        await Promise.all([added, ended]);
    }
    await worker.close();
    return micros.map(Math.round).join(' ');
}

const commands = { add, run, latency, version: () => require('bullmq/package.json').version };

const input = createInterface({ input: process.stdin, crlfDelay: Infinity });
input.on('line', async line => {
    const [what, name, ...numbers] = line.split(' ');
    process.stdout.write(`${await commands[what](name, ...numbers.map(Number))}\n`);
});
input.on('close', () => process.exit(0));
process.on('unhandledRejection', error => {
    complain('unhandled rejection')(error);
    process.exit(1);
});
