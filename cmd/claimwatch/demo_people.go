package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
)

// demoPerson is somebody who can sign in to the simulated province.
type demoPerson struct {
	login, name string
	roles       []string
	institution string
}

// demoPeople are an agency with one person for each role, and somebody at a hospital.
var demoPeople = []demoPerson{
	{login: "officer", name: "李审核", roles: []string{"officer"}},
	{login: "reviewer", name: "王复核", roles: []string{"reviewer"}},
	{login: "director", name: "张主任", roles: []string{"director"}},
	{login: "clerk", name: "陈结算", roles: []string{"clerk"}},
	{login: "supervisor", name: "赵监督", roles: []string{"supervisor"}},
	{login: "administrator", name: "管理员", roles: []string{"administrator"}},
	{login: "hospital", name: "H02 医保办", institution: "H02"},
}

// invite makes the accounts of the province and chooses their password, once: it is the
// same for all, since they are all yours.
func (d *demo) invite(ctx context.Context) error {
	if d.state.Password != "" {
		return nil
	}
	password := strings.ToLower(rand.Text()[:12])
	for _, p := range demoPeople {
		body := map[string]any{"login": p.login, "name": p.name}
		if p.institution == "" {
			body["roles"] = p.roles
		} else {
			body["institution_id"] = p.institution
		}
		var made struct{ Link string }
		if err := d.admin.post(ctx, "/v1/accounts", body, &made); err != nil {
			return fmt.Errorf("make the account of %s: %w", p.login, err)
		}
		_, link, _ := strings.Cut(made.Link, "#")
		if err := d.nobody().post(ctx, "/v1/session/link", map[string]string{"link": link, "password": password}, &json.RawMessage{}); err != nil {
			return fmt.Errorf("choose the password of %s: %w", p.login, err)
		}
	}
	d.state.Password = password
	return d.remember()
}

// nobody calls the server without a key, with a cookie jar of its own.
func (d *demo) nobody() *client {
	jar, _ := cookiejar.New(nil) // what can fail are its options, and there are none
	return &client{server: d.admin.server, http: &http.Client{Jar: jar}}
}

// signIn gives the client of one of the people.
func (d *demo) signIn(ctx context.Context, login string) (*client, error) {
	c := d.nobody()
	err := c.post(ctx, "/v1/session", map[string]string{"login": login, "password": d.state.Password}, &json.RawMessage{})
	if err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", login, err)
	}
	return c, nil
}

// welcome says where to look. The people are there by then.
func (d *demo) welcome() {
	base := "http://" + d.command.Listen
	var logins bytes.Buffer
	for i, p := range demoPeople {
		if i > 0 {
			logins.WriteString(", ")
		}
		logins.WriteString(p.login)
	}
	fmt.Fprintf(d.term.out, `claimwatch %s: a simulated province, %d days of history, %g simulated hours a second

  open       %s
  sign in    password %s as any of
             %s
  API        %s/docs
  metrics    %s/metrics
  terminal   bin/claimwatch findings --data %s
             curl -H "Authorization: Bearer $(cat %s)" %s/v1/findings

`, version, d.state.Days, d.command.Speed, base, d.state.Password, logins.String(), base, base, d.command.Data, d.node.keyFile(), base)
}
