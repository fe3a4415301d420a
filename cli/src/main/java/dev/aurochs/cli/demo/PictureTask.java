package dev.aurochs.cli.demo;

/**
 * The payload of all four jobs of a picture.
 *
 * @param picture its name
 * @param source where its file is: absolute, or relative to the demo's folder
 * @param staged the name of its smaller form until it is published
 * @param asJpeg its published name if it becomes a JPEG
 * @param asPng its published name if it becomes a PNG
 * @param outages how many runs of check-term the demo makes fail
 */
record PictureTask(String picture, String source, String staged, String asJpeg, String asPng, int outages) {}
