package alerts

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// Sender delivers messages to one receiver.
type Sender interface {
	// Send tries once. The answer is what the receiver said, cut; again says that an
	// error may pass, and that the same message should be sent once more.
	Send(ctx context.Context, m *Pending, at time.Time) (answer string, again bool, err error)
}

// WebhookConfig is a receiver that is called over HTTP.
type WebhookConfig struct {
	URL          string         `yaml:"url"`
	Secret       string         `yaml:"secret"`
	SecretFile   string         `yaml:"secret_file"`
	SendResolved *bool          `yaml:"send_resolved"`
	Timeout      model.Duration `yaml:"timeout"`
	CAFile       string         `yaml:"ca_file"` // of the authority of its certificate; otherwise those of the system
}

// The headers of a delivery. Those of the signature are the Standard Webhooks'.
const (
	HeaderAlertID   = "Claimwatch-Alert-Id"
	HeaderID        = "Webhook-Id"
	HeaderTimestamp = "Webhook-Timestamp"
	HeaderSignature = "Webhook-Signature"
)

// Webhook calls an address.
type Webhook struct {
	url  string
	key  []byte // nil: nothing is signed
	http *http.Client
}

const (
	attemptTimeout = 15 * time.Second
	maxAnswer      = 200
)

func newWebhook(c WebhookConfig) (*Webhook, error) {
	if err := address(c.URL); err != nil {
		return nil, err
	}
	text, err := secret(c.Secret, c.SecretFile)
	if err != nil {
		return nil, err
	}
	roots, err := rootsOf(c.CAFile, "")
	if err != nil {
		return nil, err
	}
	w := &Webhook{url: c.URL, http: httpClient(c.Timeout, roots)}
	if encoded, is := strings.CutPrefix(text, "whsec_"); is {
		if w.key, err = base64.StdEncoding.DecodeString(encoded); err != nil {
			return nil, errors.New("a secret that begins with whsec_ goes on in base64")
		}
	} else if text != "" {
		w.key = []byte(text)
	}
	return w, nil
}

// httpClient follows no redirect: a body that is for one address is not given to another.
func httpClient(timeout model.Duration, roots *tls.Config) *http.Client {
	if roots == nil {
		roots = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return &http.Client{
		Timeout:       attempt(timeout, attemptTimeout),
		Transport:     &http.Transport{TLSClientConfig: roots, Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 8},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Signature signs a body as Standard Webhooks do: v1, and the base64 of HMAC-SHA-256
// over id.timestamp.body.
func Signature(key []byte, id, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Send implements Sender: 2xx is delivery; what is wrong with the request itself is
// final, and everything else may pass.
func (w *Webhook) Send(ctx context.Context, m *Pending, at time.Time) (answer string, again bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(m.Body))
	if err != nil {
		return "", false, fmt.Errorf("make request: %w", err)
	}
	timestamp := strconv.FormatInt(at.Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "claimwatch")
	request.Header.Set(HeaderAlertID, m.ID)
	request.Header.Set(HeaderID, m.ID)
	request.Header.Set(HeaderTimestamp, timestamp)
	if w.key != nil {
		request.Header.Set(HeaderSignature, Signature(w.key, m.ID, timestamp, m.Body))
	}
	status, text, err := post(w.http, request)
	if err != nil {
		return "", true, err
	}
	answer = fmt.Sprintf("%d %s", status, text)
	switch {
	case status/100 == 2:
		return answer, false, nil
	case status/100 == 4 && status != http.StatusRequestTimeout && status != http.StatusTooManyRequests:
		return answer, false, fmt.Errorf("answer %d", status)
	}
	return answer, true, fmt.Errorf("answer %d", status)
}

// post sends a request and gives status and the beginning of the answer. The address
// is taken out of errors: it may hold a secret.
func post(client *http.Client, request *http.Request) (status int, text string, err error) {
	response, err := client.Do(request)
	if err != nil {
		return 0, "", fmt.Errorf("call: %w", errors.Unwrap(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	if err != nil {
		return 0, "", fmt.Errorf("read answer: %w", err)
	}
	return response.StatusCode, cut(string(body)), nil
}

// cut keeps the beginning of what a receiver said, on one line.
func cut(text string) string {
	runes := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(text, "?")), " "))
	return string(runes[:min(len(runes), maxAnswer)])
}
