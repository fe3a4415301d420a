package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PictureJobsTest {
    private static final List<String> ODD_NAMES = List.of(
            "a/b.jpg",
            "a-b.jpg",
            "a:b.jpg",
            "a\\b.jpg",
            "été à la mer.jpg",
            "line\nbreak.jpg",
            "海".repeat(80) + ".png",
            "海".repeat(81) + ".png",
            "😀".repeat(60) + ".png",
            "x".repeat(250) + ".jpg",
            "x".repeat(251) + ".jpg");

    private static PictureJobs jobs(String label, String name) {
        return PictureJobs.of(label, new Picture(0, name, name, name, name));
    }

    @Test
    void anOrdinaryNameIsReadableInTheId() {
        PictureJobs jobs = jobs("run3", "lake.jpg");
        assertThat(jobs.all())
                .extracting(JobRef::toString)
                .containsExactly(
                        "uploads:run3-lake.jpg",
                        "images:run3-lake.jpg-optimize-size",
                        "checks:run3-lake.jpg-check-term",
                        "checks:run3-lake.jpg-check-policy");
        assertThat(jobs.all())
                .extracting(jobs::nameOf)
                .containsExactly("upload", "optimize-size", "check-term", "check-policy");
    }

    @Test
    @DisplayName("N2: whatever a file is called, its jobs have ids that every backend takes")
    void idsKeepTheRule() {
        for (String name : ODD_NAMES)
            for (JobRef job : jobs("run123456-abcdef", name).all())
                assertThat(JobId.custom(job.id().value())).isEqualTo(job.id());
    }

    @Test
    void differentPicturesHaveDifferentIds() {
        Set<JobRef> all = new HashSet<>();
        for (String name : ODD_NAMES) all.addAll(jobs("run1", name).all());
        assertThat(all).hasSize(4 * ODD_NAMES.size());
    }

    @Test
    void theSamePictureHasTheSameIdsAgain() {
        for (String name : ODD_NAMES) assertThat(jobs("run1", name)).isEqualTo(jobs("run1", name));
    }
}
