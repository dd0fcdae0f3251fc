package alerts

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"github.com/wneessen/go-mail"
)

// SMTPConfig is the mail server.
type SMTPConfig struct {
	Host         string `yaml:"host"` // host:port
	From         string `yaml:"from"`
	Username     string `yaml:"username"`
	Password     string `yaml:"password"`
	PasswordFile string `yaml:"password_file"`
	// TLS is starttls (the default, required), implicit, or none: for a server on this machine.
	TLS     string         `yaml:"tls"`
	CAFile  string         `yaml:"ca_file"`
	Timeout model.Duration `yaml:"timeout"`
}

// EmailConfig is a receiver by mail.
type EmailConfig struct {
	To           []string `yaml:"to"`
	SendResolved *bool    `yaml:"send_resolved"`
}

// Email sends mail.
type Email struct {
	host, from string
	to         []string
	options    []mail.Option
}

func newEmail(c EmailConfig, server SMTPConfig) (*Email, error) {
	host, text, err := net.SplitHostPort(server.Host)
	port, bad := strconv.Atoi(text)
	if err != nil || bad != nil {
		return nil, errors.New("smtp.host is host:port")
	}
	if len(c.To) == 0 {
		return nil, errors.New("to names nobody")
	}
	password, err := secret(server.Password, server.PasswordFile)
	if err != nil {
		return nil, err
	}
	e := &Email{host: host, from: server.From, to: c.To, options: []mail.Option{
		mail.WithPort(port), mail.WithTimeout(attempt(server.Timeout, attemptTimeout)), mail.WithHELO("claimwatch"),
	}}
	switch server.TLS {
	case "", "starttls":
		e.options = append(e.options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "implicit":
		e.options = append(e.options, mail.WithSSL())
	case "none":
		e.options = append(e.options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("smtp.tls is starttls, implicit or none, not %q", server.TLS)
	}
	roots, err := rootsOf(server.CAFile, host)
	if err != nil {
		return nil, err
	}
	if roots != nil {
		e.options = append(e.options, mail.WithTLSConfig(roots))
	}
	if server.Username != "" {
		auth := mail.SMTPAuthPlain
		if server.TLS == "none" {
			auth = mail.SMTPAuthPlainNoEnc
		}
		e.options = append(e.options, mail.WithSMTPAuth(auth), mail.WithUsername(server.Username), mail.WithPassword(password))
	}
	if _, err := e.letter(&Pending{}, time.Time{}); err != nil {
		return nil, err
	}
	_, err = mail.NewClient(host, e.options...)
	return e, err
}

// letter is a message as a mail. Its Message-ID is the message's: a mail that a crash
// repeats is the same mail.
func (e *Email) letter(m *Pending, at time.Time) (*mail.Msg, error) {
	letter := mail.NewMsg()
	if err := letter.From(e.from); err != nil {
		return nil, fmt.Errorf("smtp.from: %w", err)
	}
	if err := letter.To(e.to...); err != nil {
		return nil, fmt.Errorf("to: %w", err)
	}
	letter.SetMessageIDWithValue(m.ID + "@claimwatch")
	letter.SetGenHeader(mail.Header(HeaderAlertID), m.ID)
	letter.SetDateWithValue(at)
	letter.Subject(subjectOf(&m.Message))
	letter.SetBodyString(mail.TypeTextPlain, textOf(&m.Message))
	return letter, nil
}

// subjectOf says in a line what a message is about.
func subjectOf(m *Message) string {
	title := ""
	if len(m.Alerts) > 0 {
		title = m.Alerts[0].Annotations["title_zh"]
	}
	return fmt.Sprintf("[%s %d] %s %s", statusZh[m.Status], len(m.Alerts), title, m.GroupLabels["institution_id"])
}

var statusZh = map[string]string{StatusFiring: "新警报", StatusResolved: "已解除", StatusReminder: "提醒", "": ""}

// textOf is a message as people read it.
func textOf(m *Message) string {
	var b strings.Builder
	for _, t := range m.Alerts {
		fmt.Fprintf(&b, "%s %s / %s\n", statusZh[t.Status], t.Annotations["title_zh"], t.Annotations["title_en"])
		for _, name := range []string{"rule", "severity", "institution_id", "city", "kind", "escalation"} {
			if t.Labels[name] != "" {
				fmt.Fprintf(&b, "  %s: %s\n", name, t.Labels[name])
			}
		}
		for _, name := range []string{"amount_yuan", "due_on", "since", "link"} {
			if t.Annotations[name] != "" {
				fmt.Fprintf(&b, "  %s: %s\n", name, t.Annotations[name])
			}
		}
	}
	return b.String()
}

// Send implements Sender. What the server refuses for good (5xx) is final; what it
// cannot do now, and whatever befalls the connection, may pass.
func (e *Email) Send(ctx context.Context, m *Pending, at time.Time) (answer string, again bool, err error) {
	letter, err := e.letter(m, at)
	if err != nil {
		return "", false, err
	}
	client, err := mail.NewClient(e.host, e.options...)
	if err != nil {
		return "", false, fmt.Errorf("make mail client: %w", err)
	}
	if err := client.DialWithContext(ctx); err != nil {
		return "", true, fmt.Errorf("call mail server: %w", err)
	}
	defer client.Close() //nolint:errcheck // the mail is accepted or not, by now
	if err := client.Send(letter); err != nil {
		var refused *mail.SendError
		final := errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode()/100 == 5
		return cut(err.Error()), !final, fmt.Errorf("send mail: %w", err)
	}
	return cut(letter.ServerResponse()), false, nil
}
