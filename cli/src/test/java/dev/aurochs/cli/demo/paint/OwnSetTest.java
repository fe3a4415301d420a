package dev.aurochs.cli.demo.paint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnSetTest {
    @Test
    void thereAreTwelveWithDifferentNames() {
        List<String> names = OwnSet.drawings().stream().map(Drawing::fileName).toList();
        assertThat(names).hasSize(12).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+\\.(jpg|png)"));
    }

    @Test
    void aDrawingIsTheSameEveryTime() throws IOException {
        for (Drawing drawing : OwnSet.drawings())
            if (List.of("badge.png", "night.jpg").contains(drawing.fileName()))
                assertThat(drawing.draw()).isEqualTo(drawing.draw());
    }
}
