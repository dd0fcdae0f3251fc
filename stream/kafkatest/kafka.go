package kafkatest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// EnvCache is the variable that moves the directory of Kafka's jars, which is
// .cache/kafka under the repository.
const EnvCache = "CLAIMWATCH_KAFKA_CACHE"

// clusterID is any 16 bytes in base64: Kafka wants one to be chosen.
const clusterID = "Y2xhaW13YXRjaC10ZXN0MA"

// prepareKafka resolves Kafka's jars, writes a configuration and formats the
// directory. The function it returns starts the broker over it, again and again.
func prepareKafka(dir string, port int) (func() *exec.Cmd, error) {
	jars, err := resolveJars()
	if err != nil {
		return nil, err
	}
	controller, err := FreePort()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "server.properties")
	if err := os.WriteFile(path, []byte(properties(dir, port, controller)), 0o600); err != nil {
		return nil, fmt.Errorf("write server.properties: %w", err)
	}
	classes := filepath.Join(jars, "*")
	format := exec.Command("java", "-Xmx256m", "-cp", classes, "kafka.tools.StorageTool", "format", "-t", clusterID, "-c", path)
	if out, err := format.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("format the storage of kafka: %w\n%s", err, out)
	}
	return func() *exec.Cmd {
		// Little heap and the quick compiler: the broker lives for seconds.
		return exec.Command("java", "-Xmx512m", "-Xms128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
			"-cp", classes, "kafka.Kafka", path)
	}, nil
}

// resolveJars downloads what deploy/kafka/pom.xml names, once for each content
// of that file.
func resolveJars() (string, error) {
	root, err := repository()
	if err != nil {
		return "", err
	}
	pom := filepath.Join(root, "deploy", "kafka", "pom.xml")
	text, err := os.ReadFile(pom)
	if err != nil {
		return "", fmt.Errorf("read the list of jars: %w", err)
	}
	cache := os.Getenv(EnvCache)
	if cache == "" {
		cache = filepath.Join(root, ".cache", "kafka")
	}
	sum := sha256.Sum256(text)
	jars := filepath.Join(cache, hex.EncodeToString(sum[:6]))
	if _, err := os.Stat(jars); err == nil {
		return jars, nil
	}
	// Into a directory beside, then rename: a build that was cut off must not
	// look complete, and two tests may do this at once.
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", fmt.Errorf("make the cache of jars: %w", err)
	}
	part, err := os.MkdirTemp(cache, "part-")
	if err != nil {
		return "", fmt.Errorf("make the cache of jars: %w", err)
	}
	defer os.RemoveAll(part) //nolint:errcheck // nothing is left there after the rename
	mvn := exec.Command("mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies", "-DoutputDirectory="+part)
	if out, err := mvn.CombinedOutput(); err != nil {
		return "", fmt.Errorf("download kafka: %w\n%s", err, out)
	}
	if err := os.Rename(part, jars); err != nil {
		if _, other := os.Stat(jars); other == nil {
			return jars, nil
		}
		return "", fmt.Errorf("keep the jars: %w", err)
	}
	return jars, nil
}

func properties(dir string, port, controller int) string {
	return strings.Join([]string{
		"process.roles=broker,controller",
		"node.id=1",
		fmt.Sprintf("controller.quorum.voters=1@127.0.0.1:%d", controller),
		fmt.Sprintf("listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d", port, controller),
		fmt.Sprintf("advertised.listeners=PLAINTEXT://127.0.0.1:%d", port),
		"controller.listener.names=CONTROLLER",
		"listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
		"inter.broker.listener.name=PLAINTEXT",
		"log.dirs=" + filepath.Join(dir, "log"),
		"auto.create.topics.enable=false",
		"offsets.topic.replication.factor=1",
		"offsets.topic.num.partitions=1",
		"transaction.state.log.replication.factor=1",
		"transaction.state.log.min.isr=1",
		"transaction.state.log.num.partitions=1",
		"group.initial.rebalance.delay.ms=0",
		// A broker that comes back after kill -9 must not wait for its own old session.
		"broker.session.timeout.ms=3000",
		"broker.heartbeat.interval.ms=500",
		"",
	}, "\n")
}
