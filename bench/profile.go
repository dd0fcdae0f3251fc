package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// fetch asks the operators' address.
func (s *server) fetch(ctx context.Context, path string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.ops+path, nil)
	if err != nil {
		return nil, err
	}
	answer, err := s.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", path, err)
	}
	defer func() { _ = answer.Body.Close() }() // read to its end
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("fetch %s: %s", path, answer.Status)
	}
	return text, err
}

// profile keeps where the processor is during some seconds.
func (s *server) profile(ctx context.Context, file string, seconds int) error {
	data, err := s.fetch(ctx, "/debug/pprof/profile?seconds="+strconv.Itoa(seconds))
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o600)
}

// top summarises a profile.
func (b *bench) top(ctx context.Context, file string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "tool", "pprof", "-top", "-nodecount=25", file)
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("run pprof: %w", err)
	}
	return out.String(), nil
}

// stepTimes says how long the steps of sink and evaluator took in sum.
func (s *server) stepTimes(ctx context.Context) string {
	text, err := s.fetch(ctx, "/metrics")
	if err != nil {
		return ""
	}
	var parts []string
	for _, name := range []string{"claimwatch_sink_step_seconds", "claimwatch_evaluation_seconds"} {
		sums, counts := stepFigures(text, name+"_sum"), stepFigures(text, name+"_count")
		for _, step := range slices.Sorted(maps.Keys(sums)) {
			parts = append(parts, fmt.Sprintf("%s %.1f s in %.0f", step, sums[step], counts[step]))
		}
	}
	return "Steps of the sink and of the evaluator, in sum and how many: " + strings.Join(parts, ", ") + "."
}

// stepFigures reads a series of a histogram, its sum or its count, for each
// label step.
func stepFigures(metrics []byte, series string) map[string]float64 {
	figures := map[string]float64{}
	lines := bufio.NewScanner(bytes.NewReader(metrics))
	for lines.Scan() {
		labels, found := strings.CutPrefix(lines.Text(), series+"{")
		if !found {
			continue
		}
		inside, value, _ := strings.Cut(labels, "} ")
		if figure, err := strconv.ParseFloat(value, 64); err == nil {
			figures[after(inside, `step="`, `"`)] = figure
		}
	}
	return figures
}
