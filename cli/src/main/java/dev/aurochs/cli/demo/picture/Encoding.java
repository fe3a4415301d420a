package dev.aurochs.cli.demo.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Turns images into the bytes of a file. */
public final class Encoding {
    private static final String JPEG_TREE = "javax_imageio_jpeg_image_1.0";
    private static final String PNG_TREE = "javax_imageio_png_1.0";

    private Encoding() {}

    /** A JPEG of this quality, 0 to 1, carrying {@code comment} if there is one. */
    public static byte[] jpeg(BufferedImage image, float quality, @Nullable String comment) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
        if (comment != null) addJpegComment(metadata, comment);
        return written(writer, new IIOImage(image, null, metadata), param);
    }

    /** A PNG, carrying {@code comment} if there is one. */
    public static byte[] png(BufferedImage image, @Nullable String comment) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
        if (comment != null) addPngComment(metadata, comment);
        return written(writer, new IIOImage(image, null, metadata), param);
    }

    private static void addJpegComment(IIOMetadata metadata, String comment) throws IIOInvalidTreeException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(JPEG_TREE);
        IIOMetadataNode node = new IIOMetadataNode("com");
        node.setAttribute("comment", comment);
        root.getElementsByTagName("markerSequence").item(0).appendChild(node);
        metadata.setFromTree(JPEG_TREE, root);
    }

    private static void addPngComment(IIOMetadata metadata, String comment) throws IIOInvalidTreeException {
        IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
        entry.setAttribute("keyword", "Comment");
        entry.setAttribute("value", comment);
        IIOMetadataNode texts = new IIOMetadataNode("tEXt");
        texts.appendChild(entry);
        IIOMetadataNode root = new IIOMetadataNode(PNG_TREE);
        root.appendChild(texts);
        metadata.mergeTree(PNG_TREE, root);
    }

    private static byte[] written(ImageWriter writer, IIOImage image, ImageWriteParam param) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
