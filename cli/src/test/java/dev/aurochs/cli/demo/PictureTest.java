package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static List<Picture> pictures(String... names) {
        return Picture.of(new RunState(1, "run1", "/photos", "memory:", List.of(names), 1, 0, false));
    }

    @Test
    void aPictureThatChangesItsFormatChangesTheEndOfItsName() {
        Picture mosaic = pictures("trip/mosaic.PNG").get(0);
        assertThat(mosaic.asJpeg()).isEqualTo("trip/mosaic.jpg");
        assertThat(mosaic.asPng()).isEqualTo("trip/mosaic.PNG");
        assertThat(mosaic.source()).isEqualTo("/photos/trip/mosaic.PNG");
    }

    @Test
    void jpegIsJpegHoweverItIsSpelt() {
        assertThat(pictures("a.jpeg", "b.JPG")).extracting(Picture::asJpeg).containsExactly("a.jpeg", "b.JPG");
    }

    @Test
    void noTwoPicturesEverShareAName() {
        List<Picture> pictures = pictures("a.jpg", "a.png", "A.gif", "a.bmp", "a.png.jpg", "b/a.png", "a.bmp.jpg");
        List<String> jpegs = new ArrayList<>();
        for (Picture picture : pictures) jpegs.add(picture.asJpeg().toLowerCase(Locale.ROOT));
        assertThat(jpegs).doesNotHaveDuplicates().contains("a.jpg", "a.png.2.jpg", "b/a.jpg");
        List<String> pngs = new ArrayList<>();
        for (Picture picture : pictures) pngs.add(picture.asPng().toLowerCase(Locale.ROOT));
        assertThat(pngs).doesNotHaveDuplicates();
    }
}
