// What a worker of a peer does with a job: one behaviour for all its jobs, or with {"kind":"byData"} the one that each
// job carries in its payload as "behave".

/** Jobs that hold until they are told to go on: `release` lets go of those that hold and of all that come later. */
export class Gate {
    #waiting = [];
    #open = false;

    async pass() {
        if (!this.#open) await new Promise(resolve => this.#waiting.push(resolve));
    }

    release() {
        this.#open = true;
        for (const resolve of this.#waiting.splice(0)) resolve();
    }
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/** A processor for bullmq's Worker. `world` has: bullmq, redis, queue(name), gate, label. */
export function processor(behaviour, world) {
    return async (job, token) => {
        const chosen = behaviour.kind === 'byData' ? (job.data?.behave ?? { kind: 'echo' }) : behaviour;
        const act = acts[chosen.kind];
        if (!act) throw new Error(`no behaviour '${chosen.kind}'`);
        if (world.record) await world.redis.rpush(world.record, `${world.label}:${job.id}`);
        return act(job, chosen, world, token);
    };
}

const acts = {
    echo: async job => job.data,

    value: async (job, { value }) => value,

    nothing: async () => undefined,

    text: async job => JSON.stringify(job.data),

    after: async (job, { ms }) => {
        await pause(ms);
        return job.id;
    },

    hold: async (job, spec, world) => {
        await world.gate.pass();
        return spec.value ?? job.data;
    },

    fail: async (job, { message = 'no luck' }) => {
        throw new Error(message);
    },

    failTimes: async (job, { times, message = 'not yet' }) => {
        if (job.attemptsMade < times) throw new Error(`${message} ${job.attemptsMade + 1}`);
        return job.attemptsMade;
    },

    unrecoverable: async (job, { message = 'never' }, world) => {
        throw new world.bullmq.UnrecoverableError(message);
    },

    progress: async (job, { values }) => {
        for (const value of values) await job.updateProgress(value);
        return values.length;
    },

    log: async (job, { lines }) => {
        for (const line of lines) await job.log(line);
        return lines.length;
    },

    update: async (job, { data }) => {
        await job.updateData(data);
        return job.data;
    },

    // Answers what the children left: their results and the reasons of those that were ignored.
    children: async job => {
        const count = await job.getDependenciesCount();
        return {
            values: await job.getChildrenValues(),
            ignored: await job.getIgnoredChildrenFailures(),
            processed: count.processed ?? 0,
            unprocessed: count.unprocessed ?? 0,
        };
    },

    // In its first run it adds children to itself and waits for them.
    grow: async (job, { children }, world, token) => {
        const parent = { id: job.id, queue: job.queueQualifiedName };
        if (job.data.step === 'grown') return acts.children(job);
        for (const child of children)
            await world.queue(child.queue).add(child.name, child.data ?? {}, { ...child.opts, parent });
        await job.updateData({ ...job.data, step: 'grown' });
        if (await job.moveToWaitingChildren(token)) throw new world.bullmq.WaitingChildrenError();
        return acts.children(job);
    },

    // In its first run it postpones itself.
    postpone: async (job, { ms }, world, token) => {
        if (job.attemptsStarted > 1) return 'later';
        await job.moveToDelayed(Date.now() + ms, token);
        throw new world.bullmq.DelayedError();
    },

    // In its first run it holds the queue by hand and is put back.
    rateLimited: async (job, { ms }, world) => {
        if (job.attemptsStarted > 1) return job.attemptsMade;
        await world.queue(job.queueName).rateLimit(ms);
        throw new world.bullmq.RateLimitError();
    },
};

/** A backoff strategy for bullmq's settings: {"step":50} waits 50 ms more each time, {"giveUpAfter":2} ends it. */
export function backoffStrategy({ step = 10, giveUpAfter = Infinity }) {
    return attemptsMade => (attemptsMade >= giveUpAfter ? -1 : step * attemptsMade);
}
