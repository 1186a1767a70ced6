package org.rtpipeline.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints.
 *
 * @param out results and paths, nothing else
 * @param err all other text
 */
record Console(PrintWriter out, PrintWriter err) {
  /** The console of a command. */
  static Console of(@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new IllegalStateException("a command runs before it is set up");
    }
    return new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
