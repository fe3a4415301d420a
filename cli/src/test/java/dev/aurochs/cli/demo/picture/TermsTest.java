package dev.aurochs.cli.demo.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TermsTest {
    @TempDir
    private Path folder;

    private Path file;
    private BufferedImage image;

    @BeforeEach
    void picture() {
        file = folder.resolve("any");
        image = TestPictures.image(60, 40, BufferedImage.TYPE_INT_RGB);
    }

    @Test
    void ordinaryWordsAreCountedAndFine() throws IOException {
        TestPictures.jpeg(file, image, "A walk by the sea");
        Terms.Verdict verdict = Terms.judge("2024/sea_3.jpg", file);
        assertThat(verdict.objection()).isEmpty();
        assertThat(verdict.words()).isEqualTo(9);
    }

    @Test
    void aNameIsReadWordByWord() throws IOException {
        TestPictures.jpeg(file, image, null);
        assertThat(Terms.judge("my-Passport_scan.jpg", file).objection())
                .contains("its name contains the term 'passport'");
        assertThat(Terms.judge("secretary.jpg", file).objection()).isEmpty();
    }

    @Test
    void aCommentInsideAJpegIsRead() throws IOException {
        TestPictures.jpeg(file, image, "Draft, strictly CONFIDENTIAL");
        assertThat(Terms.judge("sea.jpg", file).objection())
                .contains("the text inside it contains the term 'confidential'");
    }

    @Test
    void aTextInsideAPngIsRead() throws IOException {
        TestPictures.png(file, image, "the secret plan");
        assertThat(Terms.judge("sea.png", file).objection()).contains("the text inside it contains the term 'secret'");
    }

    @Test
    void theDescriptionThatACameraStoresIsRead() throws IOException {
        TestPictures.jpegWithExif(file, image, 1, "password on the wall");
        assertThat(Terms.judge("sea.jpg", file).objection())
                .contains("the text inside it contains the term 'password'");
    }
}
