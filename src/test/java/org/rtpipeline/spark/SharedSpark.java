package org.rtpipeline.spark;

import com.holdenkarau.spark.testing.SharedJavaSparkContext;
import java.util.Collections;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.rtpipeline.config.EngineOptions;
import org.rtpipeline.config.Workers;

/**
 * One Spark context of two cores for all tests, through spark-testing-base, whose JUnit 4
 * annotations JUnit 5 does not call.
 */
final class SharedSpark implements BeforeAllCallback, ParameterResolver {

  static final String MASTER = "local[2,3]";

  /** The context of spark-testing-base with the settings of a run. */
  static final class Context extends SharedJavaSparkContext {
    private static final long serialVersionUID = 1L;

    @Override
    public SparkConf conf() {
      try {
        SparkConf given = new SparkConf().set("spark.master", MASTER).set("spark.app.id", "tests");
        return SparkEngine.settings(options(), given);
      } catch (InputException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final Context CONTEXT = new Context();

  static EngineOptions options() {
    return new EngineOptions(Workers.auto(), EngineOptions.OnBug.STOP, 30, EngineOptions.Ui.OFF);
  }

  /** An engine on the shared context that thinks it has so many usable cores. */
  static SparkEngine engine(JavaSparkContext context, int partitions) {
    return SparkEngine.on(
        context,
        Parallelism.of(
            Collections.nCopies(1, new Parallelism.Executor(partitions + 1, 0)),
            OptionalInt.empty()));
  }

  @Override
  public void beforeAll(ExtensionContext extension) {
    CONTEXT.runBefore();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == JavaSparkContext.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return CONTEXT.jsc();
  }
}
