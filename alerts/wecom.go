package alerts

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/common/model"
	"golang.org/x/time/rate"
)

// WeComConfig is a group robot of WeCom (企业微信).
type WeComConfig struct {
	URL          string         `yaml:"url"` // with its key: a secret
	URLFile      string         `yaml:"url_file"`
	SendResolved *bool          `yaml:"send_resolved"`
	Timeout      model.Duration `yaml:"timeout"`
}

// WeCom writes into a group. It was never tried against the real service.
type WeCom struct {
	url     string
	http    *http.Client
	limiter *rate.Limiter
}

const (
	weComAMinute  = 20   // messages that a robot may send
	weComMarkdown = 4096 // bytes of a message
)

func newWeCom(c WeComConfig) (*WeCom, error) {
	url, err := secret(c.URL, c.URLFile)
	if err != nil {
		return nil, err
	}
	if err := address(url); err != nil {
		return nil, err
	}
	return &WeCom{url: url, http: httpClient(c.Timeout, nil), limiter: rate.NewLimiter(rate.Every(time.Minute/weComAMinute), weComAMinute)}, nil
}

// markdown is a message as the group reads it: as many alerts as fit.
func markdown(m *Message) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n", subjectOf(m))
	for i, t := range m.Alerts {
		line := fmt.Sprintf("> %s [%s](%s) %s %s\n", statusZh[t.Status], t.Annotations["title_zh"], t.Annotations["link"], t.Annotations["amount_yuan"], t.Annotations["due_on"])
		if b.Len()+len(line) > weComMarkdown-64 {
			fmt.Fprintf(&b, "还有 %d 条\n", len(m.Alerts)-i)
			break
		}
		b.WriteString(line)
	}
	return b.String()
}

// Send implements Sender: errcode 0 is delivery, and its busy codes may pass.
func (w *WeCom) Send(ctx context.Context, m *Pending, _ time.Time) (answer string, again bool, err error) {
	if err := w.limiter.Wait(ctx); err != nil {
		return "", true, fmt.Errorf("wait for the robot's limit: %w", err)
	}
	body, err := json.Marshal(map[string]any{"msgtype": "markdown", "markdown": map[string]string{"content": markdown(&m.Message)}})
	if err != nil {
		return "", false, fmt.Errorf("write message: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(body))
	if err != nil {
		return "", false, fmt.Errorf("make request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	status, text, err := post(w.http, request)
	if err != nil {
		return "", true, err
	}
	var said struct {
		Code *int   `json:"errcode"`
		Text string `json:"errmsg"`
	}
	if status != http.StatusOK || json.Unmarshal([]byte(text), &said) != nil || said.Code == nil {
		return text, true, fmt.Errorf("answer %d without an errcode", status)
	}
	answer = fmt.Sprintf("errcode %d %s", *said.Code, cut(said.Text))
	switch *said.Code {
	case 0:
		return answer, false, nil
	case -1, 45009, 45033: // busy; too many calls; too many at once
		return answer, true, fmt.Errorf("errcode %d", *said.Code)
	}
	return answer, false, fmt.Errorf("errcode %d", *said.Code)
}
