/**
 * The back end {@code onnx}: networks of nnU-Net and plain convolutional networks, run by ONNX
 * Runtime in this virtual machine, with what nnU-Net does before and after.
 *
 * <p>Arrays here are in the order of nnU-Net: three axes, the last one fastest. An image of ours, x
 * fastest, is such an array with the axes plane, row, column.
 */
@NullMarked
package org.rtpipeline.segmentation.onnx;

import org.jspecify.annotations.NullMarked;
