// A BullMQ peer for the interop tests: node peer.mjs <folder with node_modules> <redis address> <prefix>.
// Reads a command per line on stdin ({"id":1,"do":"add",…}), answers a line per command on stdout ({"id":1,"ok":…} or
// {"id":1,"error":{…}}). Everything that goes wrong outside of a command is written to stderr.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Gate, backoffStrategy, processor } from './processors.mjs';

const [folder, address, prefix = 'bull'] = process.argv.slice(2);
const require = createRequire(resolve(folder, 'package.json'));
const bullmq = require('bullmq');
const { CronExpressionParser } = createRequire(require.resolve('bullmq'))('cron-parser');
const Redis = require('ioredis');

const { hostname: host, port, username, password } = new URL(address);
const connection = {
    host, port: Number(port), maxRetriesPerRequest: null,
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
};
const redis = new Redis(connection);
const queues = new Map();
const workers = new Map();
const listeners = new Map();
const complain = what => error => console.error(`${what}: ${error?.stack ?? error}`);
redis.on('error', complain('redis'));
process.on('unhandledRejection', complain('unhandled rejection'));

function queue(name) {
    if (!queues.has(name)) {
        const made = new bullmq.Queue(name, { connection, prefix });
        made.on('error', complain(`queue ${name}`));
        queues.set(name, made);
    }
    return queues.get(name);
}

let flows;
function flowProducer() {
    flows ??= new bullmq.FlowProducer({ connection, prefix });
    return flows;
}

const FIELDS = [
    'id', 'name', 'data', 'opts', 'progress', 'delay', 'priority', 'timestamp', 'attemptsMade', 'attemptsStarted',
    'stalledCounter', 'failedReason', 'stacktrace', 'returnvalue', 'finishedOn', 'processedOn', 'processedBy',
    'parentKey', 'parent', 'repeatJobKey', 'deduplicationId', 'deferredFailure', 'queueName',
];

/** Jobs as plain objects, everything else as it is; undefined as null. */
function view(value) {
    if (value === undefined || value === null) return null;
    if (Array.isArray(value)) return value.map(view);
    if (value instanceof bullmq.Job) return Object.fromEntries(FIELDS.map(field => [field, value[field]]));
    if (value.job instanceof bullmq.Job) return { job: view(value.job), children: view(value.children ?? []) };
    return value;
}

async function jobOf({ queue: name, jobId }) {
    const job = await queue(name).getJob(jobId);
    if (!job) throw new Error(`no job ${jobId} in ${name}`);
    return job;
}

/** Keeps what a QueueEvents emits, in order, and wakes who waits for more. */
class Listener {
    entries = [];
    #waiting = [];

    constructor(name) {
        this.events = new bullmq.QueueEvents(name, { connection, prefix });
        const emit = this.events.emit.bind(this.events);
        this.events.emit = (event, ...args) => {
            // Each event comes twice: by its name, and by its name and the job's id.
            const again = args[0]?.jobId !== undefined && event.endsWith(`:${args[0].jobId}`);
            if (event !== 'error' && !again) this.#keep({ event, ...args[0] });
            return event === 'error' ? complain(`events ${name}`)(args[0]) : emit(event, ...args);
        };
    }

    #keep(entry) {
        this.entries.push(entry);
        for (const wake of this.#waiting.splice(0)) wake();
    }

    async await(matches, count) {
        while (this.entries.filter(matches).length < count) await new Promise(wake => this.#waiting.push(wake));
        return this.entries.filter(matches);
    }
}

function startWorker({ name, queue: queueName, behaviour = { kind: 'echo' }, opts = {}, backoff, record }) {
    const gate = new Gate();
    const troubles = [];
    const world = { bullmq, redis, queue, gate, record, label: opts.name ?? 'node' };
    const settings = backoff ? { backoffStrategy: backoffStrategy(backoff) } : undefined;
    const worker = new bullmq.Worker(queueName, processor(behaviour, world), {
        connection, prefix, ...opts, ...(settings && { settings }),
    });
    worker.on('error', error => {
        troubles.push(String(error?.message ?? error));
        complain(`worker ${name}`)(error);
    });
    workers.set(name, { worker, gate, troubles });
    return worker.waitUntilReady().then(() => null);
}

async function closeWorker(name, force) {
    const { worker, gate, troubles } = workers.get(name);
    workers.delete(name);
    gate.release();
    await worker.close(force);
    return troubles;
}

const taken = new Map();
// What a processor throws after it has moved its job itself.
const MOVED = ['DelayedError', 'WaitingChildrenError', 'WaitingError'];
const realNow = Date.now;

const commands = {
    ping: async () => ({ version: require('bullmq/package.json').version, pid: process.pid }),
    add: async ({ queue: name, name: job, data, opts }) => view(await queue(name).add(job, data, opts)),
    addText: async ({ queue: name, name: job, text, opts }) => view(await queue(name).add(job, JSON.parse(text), opts)),
    addBulk: async ({ queue: name, jobs }) => view(await queue(name).addBulk(jobs)),
    addFlow: async ({ flow }) => view(await flowProducer().add(flow)),
    getFlow: async ({ queue: queueName, jobId }) =>
        view(await flowProducer().getFlow({ id: jobId, queueName, prefix })),

    // Any method of Queue, and any method or field of Job.
    queue: async ({ queue: name, method, args = [] }) => view(await queue(name)[method](...args)),
    job: async ({ method, args = [], ...where }) => view(await (await jobOf(where))[method](...args)),
    look: async where => view(await queue(where.queue).getJob(where.jobId)),

    startWorker,
    stopWorker: async ({ name, force = false }) => closeWorker(name, force),
    worker: async ({ name, method, args = [] }) => view(await workers.get(name).worker[method](...args)),
    release: async ({ name }) => workers.get(name).gate.release(),
    troubles: async ({ name }) => workers.get(name).troubles,

    // Texts of JSON as they come out of this engine: numbers may lose digits.
    normalise: async ({ text }) => JSON.stringify(JSON.parse(text)),
    dataText: async where => JSON.stringify((await jobOf(where)).data),
    resultText: async where => JSON.stringify((await jobOf(where)).returnvalue),

    // A worker that is stepped by hand: takes the next job, and later runs it and stores its end.
    take: async ({ queue: name }) => {
        const worker = new bullmq.Worker(name, null, { connection, prefix, autorun: false });
        worker.on('error', complain(`stepped worker of ${name}`));
        const token = `step-${process.pid}-${process.hrtime.bigint()}`;
        const job = await worker.getNextJob(token, { block: false });
        if (!job) {
            await worker.close();
            return null;
        }
        taken.set(`${name} ${job.id}`, { worker, token, job });
        return view(job);
    },
    finish: async ({ queue: name, jobId, behaviour = { kind: 'byData' } }) => {
        const { worker, token, job } = taken.get(`${name} ${jobId}`);
        taken.delete(`${name} ${jobId}`);
        const world = { bullmq, redis, queue, gate: new Gate(), label: 'step' };
        try {
            if (job.deferredFailure) throw new bullmq.UnrecoverableError(job.deferredFailure);
            await job.moveToCompleted(await processor(behaviour, world)(job, token), token, false);
        } catch (error) {
            if (!MOVED.includes(error?.name)) await job.moveToFailed(error, token, false);
        } finally {
            await worker.close();
        }
        return view(job);
    },
    step: async ({ queue: name, behaviour }) => {
        const job = await commands.take({ queue: name });
        return job && commands.finish({ queue: name, jobId: job.id, behaviour });
    },

    listen: async ({ queue: name }) => {
        const listener = new Listener(name);
        listeners.set(name, listener);
        await listener.events.waitUntilReady();
        // The stream is read from its end; an event of our own shows that the reading has begun.
        const sentinel = `begin-${process.pid}`;
        const producer = new bullmq.QueueEventsProducer(name, { connection, prefix });
        let begun = false;
        const seen = listener.await(entry => entry.event === sentinel, 1).then(() => (begun = true));
        while (!begun) {
            await producer.publishEvent({ eventName: sentinel });
            await Promise.race([seen, new Promise(wake => setTimeout(wake, 20))]);
        }
        await producer.close();
    },
    awaitEvents: async ({ queue: name, event, jobId, count = 1 }) => {
        const matches = entry => entry.event === event && (jobId === undefined || entry.jobId === jobId);
        return listeners.get(name).await(matches, count);
    },
    events: async ({ queue: name }) => listeners.get(name).entries.filter(entry => !entry.event.startsWith('begin-')),
    publish: async ({ queue: name, event }) => {
        const producer = new bullmq.QueueEventsProducer(name, { connection, prefix });
        await producer.publishEvent(event);
        await producer.close();
    },
    unlisten: async ({ queue: name }) => {
        await listeners.get(name).events.close();
        listeners.delete(name);
    },
    waitUntilFinished: async ({ ttl, ...where }) =>
        view(await (await jobOf(where)).waitUntilFinished(listeners.get(where.queue).events, ttl)),

    // The first slots after a moment by the parser that bullmq uses; each is looked for anew, as a worker does.
    slots: async ({ cases }) => cases.map(({ pattern, tz, after, count }) => {
        const slots = [];
        try {
            let last = after;
            while (slots.length < count) {
                last = CronExpressionParser.parse(pattern, { currentDate: new Date(last), tz }).next().getTime();
                slots.push(last);
            }
            return { slots };
        } catch (error) {
            return { slots, refused: error.message };
        }
    }),

    // Stops this process's clock at a moment; without one it goes on. Timers are not touched.
    clock: async ({ at }) => {
        Date.now = at === undefined ? realNow : () => at;
    },

    reset: async () => {
        Date.now = realNow;
        await Promise.all([...workers.keys()].map(name => closeWorker(name, false)));
        await Promise.all([...listeners.values()].map(({ events }) => events.close()));
        await Promise.all([...queues.values()].map(one => one.close()));
        listeners.clear();
        queues.clear();
    },
};

function answer(line) {
    process.stdout.write(JSON.stringify(line) + '\n');
}

const input = createInterface({ input: process.stdin, crlfDelay: Infinity });
input.on('line', async line => {
    const { id, do: what, ...rest } = JSON.parse(line);
    try {
        if (!commands[what]) throw new Error(`no command '${what}'`);
        answer({ id, ok: (await commands[what](rest)) ?? null });
    } catch (error) {
        answer({ id, error: { name: error?.name, message: String(error?.message ?? error), code: error?.code } });
    }
});
input.on('close', () => process.exit(0));
