package alerts

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/prometheus/alertmanager/config"
	amcommon "github.com/prometheus/alertmanager/config/common"
	"github.com/prometheus/alertmanager/dispatch"
	"github.com/prometheus/alertmanager/timeinterval"
	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"

	"claimwatch"
)

// DefaultRoutes is what holds without a file: everything comes to the inbox.
//
//go:embed routes.yaml
var DefaultRoutes []byte

// routesFile is alerts.yaml: routes, inhibition and time intervals are Alertmanager's.
type routesFile struct {
	Route         *config.Route          `yaml:"route"`
	Receivers     []receiverFile         `yaml:"receivers"`
	InhibitRules  []amcommon.InhibitRule `yaml:"inhibit_rules"`
	TimeIntervals []config.TimeInterval  `yaml:"time_intervals"`
	SMTP          SMTPConfig             `yaml:"smtp"`
	Contacts      []ContactConfig        `yaml:"notice_contacts"`
}

type receiverFile struct {
	Name     string          `yaml:"name"`
	Inboxes  []InboxConfig   `yaml:"inbox_configs"`
	Webhooks []WebhookConfig `yaml:"webhook_configs"`
	Emails   []EmailConfig   `yaml:"email_configs"`
	WeComs   []WeComConfig   `yaml:"wecom_configs"`
}

// Integration is one way by which one receiver is reached.
type Integration struct {
	ID           string // receiver/kind/index
	Receiver     string
	SendResolved bool
	Inbox        *InboxConfig // set: being in the log is being delivered
	Sender       Sender
}

// Routes say who is told what.
type Routes struct {
	tree         *dispatch.Route
	integrations map[string][]Integration // by receiver
	inhibit      []amcommon.InhibitRule
	intervals    map[string][]timeinterval.TimeInterval
	contacts     map[string][]Integration // by institution
}

// ReadRoutes reads a routes file, or those built in for an empty name. The error joins
// every fault that was found.
func ReadRoutes(name string) (*Routes, error) {
	text := DefaultRoutes
	if name != "" {
		var err error
		if text, err = os.ReadFile(name); err != nil {
			return nil, fmt.Errorf("read routes: %w", err)
		}
	}
	return ParseRoutes(text)
}

// ParseRoutes reads the text of a routes file. The error joins every fault.
func ParseRoutes(text []byte) (*Routes, error) {
	var file routesFile
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read routes: %w", err)
	}
	r := &Routes{integrations: map[string][]Integration{}, inhibit: file.InhibitRules, intervals: map[string][]timeinterval.TimeInterval{}}
	faults := append(r.receivers(&file), r.readContacts(&file)...)
	for _, t := range file.TimeIntervals {
		if _, twice := r.intervals[t.Name]; twice {
			faults = append(faults, fmt.Errorf("time interval %q is there twice", t.Name))
		}
		r.intervals[t.Name] = t.TimeIntervals
	}
	if file.Route == nil {
		faults = append(faults, errors.New("there is no route"))
	} else {
		faults = append(faults, r.checkRoot(file.Route)...)
		faults = append(faults, r.checkRoute(file.Route)...)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	r.tree = dispatch.NewRoute(file.Route, nil)
	return r, nil
}

// receivers makes what reaches them.
func (r *Routes) receivers(file *routesFile) (faults []error) {
	for i := range file.Receivers {
		f := &file.Receivers[i]
		if f.Name == "" || strings.ContainsAny(f.Name, "/\n") {
			faults = append(faults, fmt.Errorf("receiver %d: a receiver has a name without slashes", i+1))
			continue
		}
		if _, twice := r.integrations[f.Name]; twice {
			faults = append(faults, fmt.Errorf("receiver %q is there twice", f.Name))
			continue
		}
		r.integrations[f.Name] = []Integration{}
		add := func(kind string, n int, resolved *bool, s Sender, err error) {
			one := Integration{ID: fmt.Sprintf("%s/%s/%d", f.Name, kind, n), Receiver: f.Name, Sender: s, SendResolved: resolved == nil || *resolved}
			if err != nil {
				faults = append(faults, fmt.Errorf("receiver %s: %w", one.ID, err))
			}
			r.integrations[f.Name] = append(r.integrations[f.Name], one)
		}
		for n := range f.Inboxes {
			add("inbox", n, nil, nil, f.Inboxes[n].check())
			r.integrations[f.Name][n].Inbox = &f.Inboxes[n]
		}
		for n, c := range f.Webhooks {
			s, err := newWebhook(c)
			add("webhook", n, c.SendResolved, s, err)
		}
		for n, c := range f.Emails {
			s, err := newEmail(c, file.SMTP)
			add("email", n, c.SendResolved, s, err)
		}
		for n, c := range f.WeComs {
			s, err := newWeCom(c)
			add("wecom", n, c.SendResolved, s, err)
		}
	}
	return faults
}

func (c *InboxConfig) check() error {
	var faults []error
	if len(c.Roles) == 0 && !c.Hospitals {
		faults = append(faults, errors.New("an inbox is for roles, for hospitals, or both"))
	}
	for _, role := range c.Roles {
		known := false
		for _, r := range claimwatch.StaffRoles() {
			known = known || r == role
		}
		if !known {
			faults = append(faults, fmt.Errorf("%q is no role: roles are %v", role, claimwatch.StaffRoles()))
		}
	}
	return errors.Join(faults...)
}

func (r *Routes) checkRoot(root *config.Route) (faults []error) {
	if root.Receiver == "" {
		faults = append(faults, errors.New("the first route names no receiver: whatever no other route takes comes to it"))
	}
	if len(root.Matchers) > 0 || len(root.Match) > 0 || len(root.MatchRE) > 0 {
		faults = append(faults, errors.New("the first route has matchers: it takes everything"))
	}
	if len(root.MuteTimeIntervals) > 0 || len(root.ActiveTimeIntervals) > 0 {
		faults = append(faults, errors.New("the first route has time intervals: put them on routes below it"))
	}
	return faults
}

func (r *Routes) checkRoute(route *config.Route) (faults []error) {
	if _, known := r.integrations[route.Receiver]; !known && route.Receiver != "" {
		faults = append(faults, fmt.Errorf("a route names receiver %q, which is not there", route.Receiver))
	}
	for _, names := range [][]string{route.MuteTimeIntervals, route.ActiveTimeIntervals} {
		for _, name := range names {
			if _, known := r.intervals[name]; !known {
				faults = append(faults, fmt.Errorf("a route names time interval %q, which is not there", name))
			}
		}
	}
	for _, child := range route.Routes {
		faults = append(faults, r.checkRoute(child)...)
	}
	return faults
}

// RouteView is a route as people look at it.
type RouteView struct {
	Depth          int      `json:"depth"`
	Matchers       string   `json:"matchers"`
	Receiver       string   `json:"receiver"`
	Continue       bool     `json:"continue"`
	GroupBy        []string `json:"group_by" nullable:"false"`
	GroupWait      string   `json:"group_wait"`
	GroupInterval  string   `json:"group_interval"`
	RepeatInterval string   `json:"repeat_interval"`
	Matched        bool     `json:"matched" doc:"the labels that were asked about come here"`
}

// Tree lists the routes from the first down, and which of them labels come to.
func (r *Routes) Tree(asked map[string]string) []RouteView {
	meets := map[*dispatch.Route]bool{}
	if len(asked) > 0 {
		for _, m := range r.tree.Match(setOf(asked)) {
			meets[m] = true
		}
	}
	var views []RouteView
	var walk func(route *dispatch.Route, depth int)
	walk = func(route *dispatch.Route, depth int) {
		o := &route.RouteOpts
		v := RouteView{
			Depth: depth, Matchers: route.Matchers.String(), Receiver: o.Receiver, Continue: route.Continue, GroupBy: []string{},
			GroupWait: o.GroupWait.String(), GroupInterval: o.GroupInterval.String(), RepeatInterval: o.RepeatInterval.String(), Matched: meets[route],
		}
		for _, name := range sortedNames(o.GroupBy) {
			v.GroupBy = append(v.GroupBy, string(name))
		}
		if o.GroupByAll {
			v.GroupBy = []string{"..."}
		}
		views = append(views, v)
		for _, child := range route.Routes {
			walk(child, depth+1)
		}
	}
	walk(r.tree, 0)
	return views
}

// Integrations lists what reaches the receivers, in the order of their names, and the
// institutions.
func (r *Routes) Integrations() (all []Integration) {
	for _, by := range []map[string][]Integration{r.integrations, r.contacts} {
		for _, name := range sortedNames(by) {
			all = append(all, by[name]...)
		}
	}
	return all
}

func setOf(from map[string]string) model.LabelSet {
	set := make(model.LabelSet, len(from))
	for name, value := range from {
		set[model.LabelName(name)] = model.LabelValue(value)
	}
	return set
}

func mapOf(from model.LabelSet) map[string]string {
	out := make(map[string]string, len(from))
	for name, value := range from {
		out[string(name)] = string(value)
	}
	return out
}

// secret is a secret itself, or a file that holds it.
func secret(text, file string) (string, error) {
	if text != "" && file != "" {
		return "", errors.New("name the secret or its file, not both")
	}
	if file == "" {
		return text, nil
	}
	read, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read secret: %w", err)
	}
	return strings.TrimSpace(string(read)), nil
}

// address reads an http address.
func address(text string) error {
	at, err := url.Parse(text)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return errors.New("url is an address like https://example.org/hook")
	}
	return nil
}

// attempt bounds attempts of a sender that says nothing itself.
func attempt(own model.Duration, otherwise time.Duration) time.Duration {
	if own > 0 {
		return time.Duration(own)
	}
	return otherwise
}
