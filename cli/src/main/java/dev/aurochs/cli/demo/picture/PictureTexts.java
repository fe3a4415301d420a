package dev.aurochs.cli.demo.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Finds the words that travel inside a picture file: comments, captions, author and copyright. */
public final class PictureTexts {
    private PictureTexts() {}

    /** All texts of the file; none where it carries none. */
    public static List<String> of(Path file) throws IOException {
        try (SourcePicture picture = SourcePicture.open(file)) {
            if (picture.format().equals("jpeg")) return JpegNotes.of(file).texts();
            List<String> texts = new ArrayList<>();
            IIOMetadata metadata = picture.metadata();
            if (metadata != null && metadata.isStandardMetadataFormatSupported())
                collect(metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName), texts);
            return texts;
        }
    }

    private static void collect(Node node, List<String> texts) {
        if (node.getNodeName().equals("TextEntry")) {
            NamedNodeMap attributes = node.getAttributes();
            Node value = attributes.getNamedItem("value");
            if (value != null) texts.add(value.getNodeValue());
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) collect(child, texts);
    }
}
