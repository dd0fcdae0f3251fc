package alerts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRoutesWithFaults: every fault is told at once.
func TestRoutesWithFaults(t *testing.T) {
	_, err := ParseRoutes([]byte(`
route:
  matchers: ['a="b"']
  routes: [{receiver: nobody, mute_time_intervals: [never]}]
receivers:
  - name: a
    webhook_configs: [{url: "ftp://x"}, {url: "http://x", secret: s, secret_file: f}, {url: "http://x", secret: "whsec_!"}]
    email_configs: [{to: [x@example.org]}]
    wecom_configs: [{url: ""}]
    inbox_configs: [{}, {roles: [king]}]
  - name: a
  - name: a/b
`))
	if err == nil {
		t.Fatal("ParseRoutes() gives no error")
	}
	for _, want := range []string{
		"names no receiver", "has matchers", `"nobody"`, `"never"`, "a/webhook/0: url", "a/webhook/1: name the secret or its file", "a/webhook/2: a secret that begins with whsec_",
		"a/email/0: smtp.host", "a/wecom/0: url", "a/inbox/0: an inbox is for roles", `a/inbox/1: "king" is no role`, `"a" is there twice`, "receiver 3: a receiver has a name without slashes",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the faults do not say %q:\n%v", want, err)
		}
	}
	for _, text := range []string{"", "nonsense: 1", "route: {receiver: a, group_by: ['...', x]}", "route: [", "receivers: [{name: a, slack_configs: []}]"} {
		if _, err := ParseRoutes([]byte(text)); err == nil {
			t.Errorf("ParseRoutes(%q) gives no error", text)
		}
	}
}

func TestDefaultRoutes(t *testing.T) {
	routes, err := ReadRoutes("")
	if err != nil {
		t.Fatalf("ReadRoutes() error:\n%+v", err)
	}
	for labels, want := range map[string][]string{
		"alertname=Finding":                     {"officers"},
		"alertname=Finding,escalation=officer":  {"officers"},
		"alertname=Deadline,escalation=officer": {"officers"},
		"escalation=officer,hospital=yes":       {"hospitals", "officers"},
		"escalation=reviewer":                   {"reviewers"},
		"escalation=director,lapsed=true":       {"directors"},
	} {
		asked := map[string]string{}
		for part := range strings.SplitSeq(labels, ",") {
			name, value, _ := strings.Cut(part, "=")
			asked[name] = value
		}
		var got []string
		for _, v := range routes.Tree(asked) {
			if v.Matched {
				got = append(got, v.Receiver)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want, +got):\n%s", labels, diff)
		}
	}
}

// TestDocumentedRoutes: the example of docs/alerts.md is good.
func TestDocumentedRoutes(t *testing.T) {
	page, err := os.ReadFile("../docs/alerts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(page), "```yaml\n")
	text, _, _ = strings.Cut(text, "```")
	secrets := t.TempDir()
	for name, content := range map[string]string{"hook.secret": "s", "smtp.secret": "s", "h001.secret": "s", "wecom.url": "https://example.org/?key=k"} {
		if err := os.WriteFile(filepath.Join(secrets, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "/etc/claimwatch", secrets), ", ca_file: "+secrets+"/ca.pem", "")
	routes, err := ParseRoutes([]byte(text))
	if err != nil {
		t.Fatalf("ParseRoutes() error:\n%+v", err)
	}
	if n := len(routes.Integrations()); n != 7 {
		t.Errorf("%d ways to reach somebody, want 7", n)
	}
}
