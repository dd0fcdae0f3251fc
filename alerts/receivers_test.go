package alerts

import (
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"claimwatch"
)

// sample is a message of two alerts.
func sample() *Pending {
	m := Message{
		Version: BodyVersion, ID: "a_0123", Receiver: "desk", Sequence: 1, GroupLabels: map[string]string{"institution_id": "H1"}, Status: StatusFiring,
		DecidedAt: claimwatch.InstantOf(time.Unix(1_700_000_000, 0)), Active: 1,
		Alerts: []Told{
			{Fingerprint: "1", Status: StatusFiring, Alert: Alert{Labels: map[string]string{"rule": "DUP-001"}, Annotations: map[string]string{"title_zh": "重复收费", "title_en": "Charged twice", "link": "http://c/findings/f_1"}}},
			{Fingerprint: "2", Status: StatusResolved, Alert: Alert{Labels: map[string]string{}, Annotations: map[string]string{"title_zh": "甲"}}},
		},
	}
	body, _ := json.Marshal(&m) //nolint:errchkjson // it has no channels
	return &Pending{Message: m, Body: body}
}

// TestSignature: the example of the Standard Webhooks specification.
func TestSignature(t *testing.T) {
	w, err := newWebhook(WebhookConfig{URL: "http://x", Secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
	if err != nil {
		t.Fatal(err)
	}
	got := Signature(w.key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("Signature() = %q, want %q", got, want)
	}
}

func TestWebhookAnswers(t *testing.T) {
	for status, want := range map[int]string{
		200: "delivered", 204: "delivered", 301: "again", 400: "final", 401: "final", 404: "final", 408: "again", 410: "final", 422: "final", 429: "again", 500: "again", 503: "again",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if r.Header.Get(HeaderAlertID) != "a_0123" || r.Header.Get(HeaderSignature) != Signature([]byte("s"), "a_0123", "1700000000", body) {
				t.Errorf("headers %v", r.Header)
			}
			rw.Header().Set("Location", "http://127.0.0.1:1/")
			rw.WriteHeader(status)
		}))
		w, err := newWebhook(WebhookConfig{URL: server.URL, Secret: "s"})
		if err != nil {
			t.Fatal(err)
		}
		_, again, err := w.Send(t.Context(), sample(), time.Unix(1_700_000_000, 0))
		if got := outcomeOf(again, err); got != want {
			t.Errorf("answer %d: %s (%v), want %s", status, got, err, want)
		}
		w.http.CloseIdleConnections()
		server.Close()
	}
}

func outcomeOf(again bool, err error) string {
	switch {
	case err == nil:
		return "delivered"
	case again:
		return "again"
	}
	return "final"
}

// TestWebhookNeedsItsCertificate: nothing is said to a server that cannot show who it is,
// and the address, which may hold a secret, is not in the error.
func TestWebhookNeedsItsCertificate(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was told") }))
	defer server.Close()
	server.Config.ErrorLog = nil
	w, err := newWebhook(WebhookConfig{URL: server.URL + "/?key=SECRET"})
	if err != nil {
		t.Fatal(err)
	}
	_, again, err := w.Send(t.Context(), sample(), time.Now())
	if got := outcomeOf(again, err); got != "again" || strings.Contains(err.Error(), "SECRET") || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("%s: %v", got, err)
	}
}

func TestWeCom(t *testing.T) {
	answer := ""
	var asked struct {
		Type     string `json:"msgtype"`
		Markdown struct {
			Content string `json:"content"`
		} `json:"markdown"`
	}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			t.Errorf("body: %v", err)
		}
		_, _ = io.WriteString(rw, answer)
	}))
	defer server.Close()
	w, err := newWeCom(WeComConfig{URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer w.http.CloseIdleConnections()
	for text, want := range map[string]string{
		`{"errcode":0,"errmsg":"ok"}`: "delivered", `{"errcode":93000,"errmsg":"invalid webhook url"}`: "final", `{"errcode":45009,"errmsg":"freq"}`: "again",
		`{"errcode":-1}`: "again", `<html>`: "again", `{}`: "again",
	} {
		answer = text
		_, again, err := w.Send(t.Context(), sample(), time.Now())
		if got := outcomeOf(again, err); got != want {
			t.Errorf("answer %s: %s (%v), want %s", text, got, err, want)
		}
	}
	if asked.Type != "markdown" || !strings.Contains(asked.Markdown.Content, "[重复收费](http://c/findings/f_1)") {
		t.Errorf("body %+v", asked)
	}
	many := sample()
	many.Alerts = slices.Repeat(many.Alerts, 200)
	if text := markdown(&many.Message); len(text) > weComMarkdown || !strings.Contains(text, "还有") {
		t.Errorf("%d bytes: %.80q", len(text), text)
	}
	if w.limiter.Burst() != weComAMinute {
		t.Errorf("burst %d", w.limiter.Burst())
	}
}

// mailServer is a real SMTP server that may fail at each step.
type mailServer struct {
	mu       sync.Mutex
	mails    []string
	fail     func(step string) error
	users    map[string]string
	needUser bool
}

func (s *mailServer) step(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.fail(name)
	}
	return nil
}

func (s *mailServer) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &mailSession{s, c, !s.needUser}, nil
}

type mailSession struct {
	s    *mailServer
	conn *smtp.Conn
	in   bool
}

func (s *mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if s.s.users[user] != password {
			return smtp.ErrAuthFailed
		}
		s.in = true
		return nil
	}), nil
}

func (s *mailSession) Mail(string, *smtp.MailOptions) error {
	if !s.in {
		return smtp.ErrAuthRequired
	}
	return s.s.step("MAIL")
}

func (s *mailSession) Rcpt(string, *smtp.RcptOptions) error {
	err := s.s.step("RCPT")
	if err == errGone { //nolint:errorlint // our own
		_ = s.conn.Conn().Close()
	}
	return err
}

var errGone = errors.New("gone")

func (s *mailSession) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err == nil {
		err = s.s.step("DATA")
	}
	if err == nil {
		s.s.mu.Lock()
		s.s.mails = append(s.s.mails, string(body))
		s.s.mu.Unlock()
	}
	return err
}
func (*mailSession) Reset()        {}
func (*mailSession) Logout() error { return nil }

// serveMail starts the server, with a certificate that ca_file names when tls is set.
func serveMail(t *testing.T, s *mailServer, withTLS bool) (config SMTPConfig) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	server.AllowInsecureAuth = !withTLS
	server.ErrorLog = quietLog{}
	config = SMTPConfig{Host: listener.Addr().String(), From: "claimwatch@example.org", TLS: "none"}
	if withTLS {
		authority := httptest.NewTLSServer(http.NotFoundHandler()) // for its certificate
		defer authority.Close()
		server.TLSConfig = &tls.Config{Certificates: authority.TLS.Certificates}
		config.TLS, config.CAFile = "starttls", filepath.Join(t.TempDir(), "ca.pem")
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: authority.Certificate().Raw})
		if err := os.WriteFile(config.CAFile, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return config
}

type quietLog struct{}

func (quietLog) Printf(string, ...any) {}
func (quietLog) Println(...any)        {}

func TestEmail(t *testing.T) {
	s := &mailServer{users: map[string]string{"u": "p"}, needUser: true}
	config := serveMail(t, s, true)
	config.Username, config.Password = "u", "p"
	e, err := newEmail(EmailConfig{To: []string{"a@example.org", "b@example.org"}}, config)
	if err != nil {
		t.Fatalf("newEmail() error:\n%+v", err)
	}
	if answer, _, err := e.Send(t.Context(), sample(), time.Unix(1_700_000_000, 0)); err != nil || !strings.Contains(answer, "OK") {
		t.Fatalf("Send() = %q, %v", answer, err)
	}
	for _, want := range []string{"Message-ID: <a_0123@claimwatch>", "Claimwatch-Alert-Id: a_0123", "<a@example.org>", "rule: DUP-001", "=?UTF-8?q?"} {
		if !strings.Contains(s.mails[0], want) {
			t.Errorf("the mail does not say %q:\n%s", want, s.mails[0])
		}
	}
	for step, test := range map[string]struct {
		err  error
		want string
	}{
		"MAIL": {&smtp.SMTPError{Code: 451, Message: "later"}, "again"}, "RCPT": {&smtp.SMTPError{Code: 550, Message: "nobody"}, "final"},
		"DATA": {&smtp.SMTPError{Code: 452, Message: "full"}, "again"},
	} {
		s.mu.Lock()
		s.fail = func(at string) error {
			if at == step {
				return test.err
			}
			return nil
		}
		s.mu.Unlock()
		_, again, err := e.Send(t.Context(), sample(), time.Now())
		if got := outcomeOf(again, err); got != test.want {
			t.Errorf("%s answers %v: %s (%v), want %s", step, test.err, got, err, test.want)
		}
	}
	s.mu.Lock()
	s.fail = func(at string) error { return map[string]error{"RCPT": errGone}[at] } // the server goes away before DATA
	s.mu.Unlock()
	if _, again, err := e.Send(t.Context(), sample(), time.Now()); outcomeOf(again, err) != "again" {
		t.Errorf("gone between RCPT and DATA: again %t, %v", again, err)
	}
	if len(s.mails) != 1 {
		t.Errorf("%d mails arrived, want 1", len(s.mails))
	}
}

// TestEmailNeedsTLS: a server that offers no STARTTLS, or another certificate, hears nothing.
func TestEmailNeedsTLS(t *testing.T) {
	s := &mailServer{}
	plain := serveMail(t, s, false)
	plain.TLS = "starttls"
	other := serveMail(t, s, true)
	other.CAFile = ""
	for name, config := range map[string]SMTPConfig{"no STARTTLS": plain, "an unknown authority": other} {
		e, err := newEmail(EmailConfig{To: []string{"a@example.org"}}, config)
		if err != nil {
			t.Fatal(err)
		}
		if _, again, err := e.Send(t.Context(), sample(), time.Now()); outcomeOf(again, err) != "again" {
			t.Errorf("%s: again %t, %v", name, again, err)
		}
	}
	wrong := serveMail(t, &mailServer{needUser: true, users: map[string]string{"u": "p"}}, true)
	wrong.Username, wrong.Password = "u", "q"
	e, err := newEmail(EmailConfig{To: []string{"a@example.org"}}, wrong)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := e.Send(t.Context(), sample(), time.Now()); err == nil {
		t.Errorf("a wrong password is good")
	}
	if len(s.mails) > 0 {
		t.Errorf("%d mails arrived", len(s.mails))
	}
}
