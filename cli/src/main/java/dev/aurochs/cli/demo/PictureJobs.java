package dev.aurochs.cli.demo;

import dev.aurochs.queue.job.JobRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Where the four jobs of a picture are found. Their ids follow from the run and the picture alone, so that adding them
 * again after a kill stores nothing twice.
 */
record PictureJobs(Picture picture, JobRef upload, JobRef optimizeSize, JobRef checkTerm, JobRef checkPolicy) {
    static final String UPLOADS = "uploads";
    static final String IMAGES = "images";
    static final String CHECKS = "checks";

    static final String UPLOAD = "upload";
    static final String OPTIMIZE_SIZE = "optimize-size";
    static final String CHECK_TERM = "check-term";
    static final String CHECK_POLICY = "check-policy";

    private static final String UNSAFE = "[:/\\\\*?\"<>|\\p{Cntrl}]";
    private static final int MOST_CHARACTERS = 70;
    private static final int MOST_BYTES = 130;

    /** {@code run3-lake.jpg} and, below it, {@code run3-lake.jpg-check-term}. */
    static PictureJobs of(String label, Picture picture) {
        String id = label + "-" + safe(picture.name());
        return new PictureJobs(
                picture,
                JobRef.of(UPLOADS, id),
                JobRef.of(IMAGES, id + "-" + OPTIMIZE_SIZE),
                JobRef.of(CHECKS, id + "-" + CHECK_TERM),
                JobRef.of(CHECKS, id + "-" + CHECK_POLICY));
    }

    /** The same picture, its jobs under ids that the store chose, in the order of {@link #all}. */
    PictureJobs at(List<String> ids) {
        return new PictureJobs(
                picture,
                JobRef.of(UPLOADS, ids.get(0)),
                JobRef.of(IMAGES, ids.get(1)),
                JobRef.of(CHECKS, ids.get(2)),
                JobRef.of(CHECKS, ids.get(3)));
    }

    List<JobRef> all() {
        return List.of(upload, optimizeSize, checkTerm, checkPolicy);
    }

    /** The job's name: {@code check-term}. */
    String nameOf(JobRef job) {
        if (job.equals(optimizeSize)) return OPTIMIZE_SIZE;
        if (job.equals(checkTerm)) return CHECK_TERM;
        return job.equals(checkPolicy) ? CHECK_POLICY : UPLOAD;
    }

    /** A name that can be part of a job id and of a file name; one that had to be changed carries its own hash. */
    private static String safe(String name) {
        String safe = name.replaceAll(UNSAFE, "-");
        while (safe.length() > MOST_CHARACTERS || safe.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES)
            safe = safe.substring(0, safe.offsetByCodePoints(safe.length(), -1));
        return safe.equals(name) ? name : safe + "-" + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
