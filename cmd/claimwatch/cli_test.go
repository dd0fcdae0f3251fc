package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// execute0 runs the command line in this process.
func execute0(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = execute(t.Context(), args, terminal{in: strings.NewReader(""), out: &stdout, err: &stderr})
	return code, stdout.String(), stderr.String()
}

func TestExitCodes(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String()
	_ = listener.Close()
	empty := t.TempDir()
	tests := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no command", nil, exitUsage, "expected one of"},
		{"an unknown command", []string{"banquet"}, exitUsage, "banquet"},
		{"an unknown flag", []string{"status", "--fast"}, exitUsage, "--fast"},
		{"a wrong word", []string{"decide", "f_1", "forgive"}, exitUsage, "forgive"},
		{"no key", []string{"status", "--data", empty}, exitUsage, "no key"},
		{"no server", []string{"status", "--server", closed, "--key", "k"}, exitFailed, "is claimwatch run or serve running"},
		{"key new for nobody", []string{"key", "new", "--key", "k"}, exitUsage, "--institution"},
		{"a directory without a mapping", []string{"upload", "--key", "k", empty}, exitUsage, "--mapping"},
		{"a batch of none", []string{"upload", "--key", "k", "--batch", "0", empty}, exitUsage, "--batch"},
		{"a rule that is not there", []string{"rules", "show", "ZZZ-999"}, exitFailed, "ZZZ-999"},
		{"version", []string{"--version"}, exitDone, ""},
		{"rules list", []string{"rules", "list"}, exitDone, ""},
		{"rules list with the flags of a client", []string{"rules", "list", "--server", closed, "--key", "k"}, exitDone, ""},
		{"a role that there is not", []string{"key", "new", "--key", "k", "--role", "king"}, exitUsage, "officer, reviewer, director"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("CLAIMWATCH_KEY", "")
			code, _, errs := execute0(t, test.args...)
			if code != test.code || !strings.Contains(errs, test.says) {
				t.Errorf("exit %d, stderr %q; want %d and %q", code, errs, test.code, test.says)
			}
		})
	}
}

// TestEveryCommandHasHelpWithAnExample walks the commands of the struct.
func TestEveryCommandHasHelpWithAnExample(t *testing.T) {
	var walk func(kind reflect.Type, path []string)
	seen := 0
	walk = func(kind reflect.Type, path []string) {
		leaf := true
		for i := range kind.NumField() {
			field := kind.Field(i)
			if _, command := field.Tag.Lookup("cmd"); command {
				leaf = false
				walk(field.Type, append(path[:len(path):len(path)], strings.ToLower(field.Name)))
			}
		}
		if len(path) == 0 {
			return
		}
		if leaf {
			seen++
		}
		code, out, _ := execute0(t, append(path, "--help")...)
		if code != exitDone || !strings.Contains(out, "Example:") || !strings.Contains(out, "claimwatch "+strings.Join(path, " ")) {
			t.Errorf("%v --help: exit %d, no example of itself in\n%s", path, code, out)
		}
	}
	walk(reflect.TypeFor[cli](), nil)
	if seen < 18 {
		t.Errorf("only %d commands were seen", seen)
	}
}

func TestSettings(t *testing.T) {
	tests := []struct{ name, text, fault string }{
		{"the one that is shipped", "", ""},
		{"an unknown key", "lisen: x\n", "lisen"},
		{"an unknown key below", "kafka: {broker: [x]}\n", "broker"},
		{"a clock that there is not", "clock: sun\n", "clock is wall or event"},
		{"a part that there is not", "parts: [doors]\n", "doors"},
		{"an engine for everybody", "clickhouse: {listen: \"0.0.0.0:1\"}\n", "loopback"},
		{"no YAML", "a: [\n", "read configuration"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join("..", "..", "deploy", "serve.yaml")
			if test.text != "" {
				path = filepath.Join(t.TempDir(), "serve.yaml")
				if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s, err := loadSettings(path)
			if test.fault == "" {
				if err != nil || len(s.Kafka.Brokers) != 3 || s.Kafka.Partitions["records"] != 24 || s.OpsListen != "127.0.0.1:9090" {
					t.Errorf("loadSettings() gave %+v, error %v", s, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.fault) {
				t.Errorf("loadSettings() error %v, want %q", err, test.fault)
			}
		})
	}
}
