package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ScannedFile;

@ExtendWith(SharedSpark.class)
final class FolderWalkTest {

  private static final String OTHER = "fs.other.impl";

  @TempDir Path folder;

  private final JavaSparkContext context;

  FolderWalkTest(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * The disk under another name, as a remote store; a file named {@code link} is said to be one.
   */
  static final class OtherStore extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("other:///");
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
      return Arrays.stream(super.listStatus(path)).map(OtherStore::seen).toArray(FileStatus[]::new);
    }

    private static FileStatus seen(FileStatus status) {
      org.apache.hadoop.fs.Path path = status.getPath();
      return path.getName().equals("link")
          ? new FileStatus(0, false, 1, 1, 0, 0, FsPermission.getDefault(), "", "", path, path)
          : status;
    }
  }

  @Test
  void filesComeFolderByFolder() throws Exception {
    Files.createDirectories(folder.resolve("in/a/empty"));
    Files.writeString(folder.resolve("in/a/one"), "1");
    Files.writeString(folder.resolve("in/two"), "2");

    assertThat(names(walk("file", ListedEntry.folder(uri("file", "in")))))
        .containsExactlyInAnyOrder("one", "two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "ord\uFFFDner"})
  void foldersWithNamesThatTheMachineCannotSpellAreNamed(String name) {
    assertThat(walk("file", ListedEntry.folder("file:" + folder + "/" + name)))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.scanned().findings())
                    .singleElement()
                    .satisfies(
                        finding -> {
                          assertThat(finding.code()).isEqualTo(Finding.Code.FOLDER_UNREADABLE);
                          assertThat(finding.message())
                              .startsWith("the folder cannot be listed: its name is no text in ");
                        }));
  }

  @Test
  void aNameWithTheReplacementCharacterIsAName() throws Exception {
    Files.createDirectories(folder.resolve("ord\uFFFDner"));
    Files.writeString(folder.resolve("ord\uFFFDner/one"), "1");
    assertThat(names(walk("file", ListedEntry.folder(uri("file", "ord\uFFFDner")))))
        .containsExactly("one");
  }

  @Test
  void whatIsNoFolderPassesThrough() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    ListedEntry file = ListedEntry.file(new FileRef("file:/x/file", 1, 2));
    ListedEntry refused = ListedEntry.rejected("file:/x/no", Finding.Code.UNREADABLE, "why");

    assertThat(walk("file", file, ListedEntry.folder(uri("file", "empty")), refused))
        .containsExactly(file, refused);
  }

  @Test
  void afterTheLastFileThereIsNone() {
    FolderWalk walk =
        new FolderWalk(List.<ListedEntry>of().iterator(), scope("file"), new Configuration(false));

    assertThat(walk.hasNext()).isFalse();
    assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aFolderThatCannotBeListedIsRejected() {
    for (String scheme : List.of("file", "other")) {
      assertThat(walk(scheme, ListedEntry.folder(uri(scheme, "gone"))))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.kind()).isEqualTo(ListedEntry.Kind.REJECTED);
                assertThat(entry.scanned().findings())
                    .extracting(Finding::code)
                    .containsExactly(Finding.Code.FOLDER_UNREADABLE);
              });
    }
  }

  @Test
  void aSocketIsNamedAndNotOpened() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(in.resolve("s")));

      assertThat(walk("file", ListedEntry.folder(uri("file", "in"))))
          .singleElement()
          .satisfies(e -> assertThat(e.kind()).isEqualTo(ListedEntry.Kind.IGNORED));
    }
  }

  @Test
  void anotherStoreIsListedByItsOwnWord() throws Exception {
    Files.createDirectories(folder.resolve("in/deep"));
    Files.createDirectories(folder.resolve("in/out"));
    Files.writeString(folder.resolve("in/deep/file"), "1");
    Files.writeString(folder.resolve("in/link"), "2");
    Files.writeString(folder.resolve("in/out/row"), "3");

    assertThat(walk("other", ListedEntry.folder(uri("other", "in"))))
        .extracting(ListedEntry::kind)
        .containsExactlyInAnyOrder(ListedEntry.Kind.FILE, ListedEntry.Kind.IGNORED);
  }

  @Test
  void aPathWithoutSchemeIsNotLocal() {
    assertThat(FolderWalk.isLocal(new org.apache.hadoop.fs.Path("/in"))).isFalse();
    assertThat(FolderWalk.isLocal(new org.apache.hadoop.fs.Path("file:/in"))).isTrue();
    assertThat(FolderWalk.isLocal(new org.apache.hadoop.fs.Path("s3a://in/x"))).isFalse();
  }

  @Test
  void aScopeEndsAtWholeNames() {
    ListingScope scope = new ListingScope("file:/", "file:/data/out");

    assertThat(scope.holds("file:/")).isTrue();
    assertThat(scope.holds("file:/data")).isTrue();
    assertThat(scope.holds("other:/data")).isFalse();
    assertThat(scope.isOutput("file:/data/out")).isTrue();
    assertThat(scope.isOutput("file:/data/out/x")).isTrue();
    assertThat(scope.isOutput("file:/data/outer")).isFalse();
  }

  @Test
  void aFolderHasNoResultOfItsOwn() {
    assertThatThrownBy(ListedEntry.folder("file:/in")::scanned)
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherStoreIsScanned() throws Exception {
    Files.createDirectories(folder.resolve("in/a/b/c/d"));
    Files.writeString(folder.resolve("in/a/b/c/d/text"), "no DICOM");
    context.hadoopConfiguration().set(OTHER, OtherStore.class.getName());
    try {
      assertThat(scan(uri("other", "in"), 3).collect()).hasSize(1);
    } finally {
      context.hadoopConfiguration().unset(OTHER);
    }
  }

  @Test
  void manyFoldersAreLeftToTheTasks() throws Exception {
    for (int i = 0; i < 20; i++) {
      Path deep = Files.createDirectories(folder.resolve("in/" + i + "/deep"));
      Files.writeString(deep.resolve("text"), "no DICOM");
    }

    assertThat(scan(uri("file", "in"), 1).collect()).hasSize(20);
  }

  @Test
  void aFileThatIsGoneWhenItIsReadIsRejected() throws Exception {
    Path file = folder.resolve("one");
    Files.writeString(file, "x");
    JavaRDD<ScannedFile> scan = scan(uri("file", "one"), 1);
    Files.delete(file);

    assertThat(scan.collect())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.use()).isEqualTo(ScannedFile.Use.REJECTED);
              assertThat(one.findings().get(0).message())
                  .isEqualTo("the file cannot be read: NoSuchFileException");
            });
  }

  @Test
  void anInputOfNoKnownKindIsRefused() {
    for (String input : List.of("", "nosuchstore://x/y", "a:b:c")) {
      assertThatThrownBy(() -> scan(input, 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no usable path or URI");
    }
  }

  private JavaRDD<ScannedFile> scan(String input, int tasks) throws InputException {
    return ScanStage.scan(
        context,
        input,
        uri("file", "out"),
        HadoopStreams.of(context),
        Parallelism.of(1, 2, OptionalInt.of(tasks)));
  }

  private List<ListedEntry> walk(String scheme, ListedEntry... start) {
    Configuration configuration = new Configuration(false);
    configuration.set(OTHER, OtherStore.class.getName());
    List<ListedEntry> all = new ArrayList<>();
    new FolderWalk(List.of(start).iterator(), scope(scheme), configuration)
        .forEachRemaining(all::add);
    return all;
  }

  private ListingScope scope(String scheme) {
    return new ListingScope(uri(scheme, "in"), uri(scheme, "in/out"));
  }

  private String uri(String scheme, String name) {
    return scheme + ":" + folder.resolve(name);
  }

  private static List<String> names(List<ListedEntry> entries) {
    return entries.stream()
        .map(entry -> new org.apache.hadoop.fs.Path(entry.file().uri()).getName())
        .toList();
  }
}
