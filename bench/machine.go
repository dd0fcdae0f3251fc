package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
)

// load is the load of the machine over the last minute: figures that were
// measured beside other work are worth little.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

// machine says on what a figure was measured.
func machine(root string) string {
	parts := []string{fmt.Sprintf("%d cores of %s", runtime.NumCPU(), processor()), memory(), runtime.Version()}
	for _, module := range []string{"github.com/segmentio/kafka-go", "github.com/ClickHouse/clickhouse-go/v2"} {
		parts = append(parts, moduleVersion(module))
	}
	if text, err := os.ReadFile(root + "/package.json"); err == nil {
		parts = append(parts, "engine "+after(string(text), `lib-linux-x64-gnu": "`, `"`))
	}
	if text, err := exec.Command("git", "-C", root, "describe", "--always", "--dirty").Output(); err == nil {
		parts = append(parts, "commit "+strings.TrimSpace(string(text)))
	}
	return strings.Join(parts, ", ")
}

func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	return strings.Join(strings.Fields(after(string(text), "model name\t: ", "\n")), " ")
}

func memory() string {
	text, err := os.ReadFile("/proc/meminfo")
	var kilobytes int
	if err == nil {
		_, err = fmt.Sscan(after(string(text), "MemTotal:", "kB"), &kilobytes)
	}
	if err != nil {
		return "memory unknown"
	}
	return fmt.Sprintf("%.0f GiB", float64(kilobytes)/(1<<20))
}

func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return path[strings.LastIndex(strings.TrimSuffix(path, "/v2"), "/")+1:] + " " + m.Version
			}
		}
	}
	return path
}

// after cuts out what stands between two texts, "" when they are not there.
func after(text, begin, end string) string {
	_, rest, found := strings.Cut(text, begin)
	if !found {
		return ""
	}
	middle, _, _ := strings.Cut(rest, end)
	return middle
}
