package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"

	"claimwatch"
)

type userCommand struct {
	Add     userAddCommand     `cmd:"" help:"Make an account and print its one-time link."`
	List    userListCommand    `cmd:"" help:"List the accounts."`
	Link    userLinkCommand    `cmd:"" help:"Print a new one-time link for somebody who has forgotten the password."`
	Roles   userRolesCommand   `cmd:"" help:"Give somebody other roles; who it is in the journal stays."`
	Disable userDisableCommand `cmd:"" help:"End every session of somebody, and let nobody in."`
	Enable  userEnableCommand  `cmd:"" help:"Let somebody in again."`
}

func (userCommand) Help() string {
	return "People who sign in with a password. Nobody but they ever knows it.\n\nExample:\n  claimwatch user add wang --name 王小明 --role officer"
}

// userView is an account as the server tells it.
type userView struct {
	AccountID     string              `json:"account_id"`
	Login         string              `json:"login"`
	Name          string              `json:"name"`
	Roles         []string            `json:"roles"`
	InstitutionID string              `json:"institution_id"`
	City          string              `json:"city"`
	State         string              `json:"state"`
	LinkUntil     *claimwatch.Instant `json:"link_until"`
	Revision      int                 `json:"revision"`
	Link          string              `json:"link"`
}

func (v *userView) of() string {
	switch {
	case v.InstitutionID != "":
		return v.InstitutionID
	case v.City != "":
		return v.City
	default:
		return "province"
	}
}

type userAddCommand struct {
	clientFlags
	Login       string   `arg:"" help:"2 to 64 of a-z 0-9 . _ @ -"`
	Name        string   `required:"" help:"Shown to colleagues."`
	Institution string   `xor:"who" help:"A person of this institution."`
	Role        []string `xor:"who" help:"A person of the agency with this role: officer, reviewer, director, clerk, supervisor, administrator."`
	City        string   `help:"With --role: of this city's agency, who sees its institutions only. Without it of the province."`
}

func (userAddCommand) Help() string {
	return `The link is printed now and never again. Its holder chooses the password, within 24 hours.

Example:
  claimwatch user add wang --name 王小明 --role officer
  claimwatch user add li --name 李 --role officer --role reviewer --city 太原
  claimwatch user add nurse --name 赵 --institution H001`
}

func (c userAddCommand) Run(ctx context.Context, term terminal) error {
	if c.Institution == "" && len(c.Role) == 0 {
		return wrongUsage("give --institution ID or --role ROLE")
	}
	server, err := c.client()
	if err != nil {
		return err
	}
	ask := map[string]any{"login": c.Login, "name": c.Name}
	if c.Institution != "" {
		ask["institution_id"] = c.Institution
	} else {
		ask["roles"] = c.Role
	}
	if c.City != "" {
		ask["city"] = c.City
	}
	var made userView
	if err := server.post(ctx, "/v1/accounts", ask, &made); err != nil {
		return err
	}
	return tellLink(term, server, &made)
}

func tellLink(term terminal, server *client, v *userView) error {
	_, err := fmt.Fprintf(term.out, "account %s (%s), the link to choose a password, until %s: %s\n", v.Login, v.AccountID, v.LinkUntil, server.server+v.Link)
	return err
}

type userListCommand struct {
	clientFlags
	JSON bool `name:"json" help:"One JSON object a line."`
}

func (userListCommand) Help() string { return "Example:\n  claimwatch user list" }

func (c userListCommand) Run(ctx context.Context, term terminal) error {
	server, err := c.client()
	if err != nil {
		return err
	}
	if c.JSON {
		return server.each(ctx, "/v1/accounts", nil, func(item json.RawMessage) error {
			_, err := fmt.Fprintf(term.out, "%s\n", item)
			return err
		})
	}
	table := tabwriter.NewWriter(term.out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "LOGIN\tNAME\tROLES\tOF\tSTATE\tID")
	err = server.each(ctx, "/v1/accounts", nil, func(item json.RawMessage) error {
		var v userView
		if err := json.Unmarshal(item, &v); err != nil {
			return fmt.Errorf("read account: %w", err)
		}
		_, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", v.Login, v.Name, strings.Join(v.Roles, ","), v.of(), v.State, v.AccountID)
		return err
	})
	if err != nil {
		return err
	}
	return table.Flush()
}

// userFlags name one account.
type userFlags struct {
	clientFlags
	Login string `arg:"" help:"Login of the account."`
}

// find looks the account up.
func (f userFlags) find(ctx context.Context) (*client, userView, error) {
	server, err := f.client()
	if err != nil {
		return nil, userView{}, err
	}
	var found *userView
	err = server.each(ctx, "/v1/accounts", nil, func(item json.RawMessage) error {
		var v userView
		if err := json.Unmarshal(item, &v); err != nil {
			return fmt.Errorf("read account: %w", err)
		}
		if strings.EqualFold(v.Login, strings.TrimSpace(f.Login)) && f.Login != "" {
			found = &v
		}
		return nil
	})
	if err == nil && found == nil {
		err = fmt.Errorf("there is no account %q: claimwatch user list shows them", f.Login)
	}
	if err != nil {
		return nil, userView{}, err
	}
	return server, *found, nil
}

// change asks for a change of the account as it was found, and says what it is now.
func (f userFlags) change(ctx context.Context, term terminal, ask map[string]any) error {
	server, v, err := f.find(ctx)
	if err != nil {
		return err
	}
	ask["expected_revision"] = v.Revision
	body, err := json.Marshal(ask)
	if err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	err = server.call(ctx, request{
		method: http.MethodPatch, path: "/v1/accounts/" + url.PathEscape(v.AccountID), contentType: "application/json", body: bytes.NewReader(body),
	}, &v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(term.out, "account %s (%s) is %s: %s of %s\n", v.Login, v.AccountID, v.State, strings.Join(v.Roles, ","), v.of())
	return err
}

type userLinkCommand struct {
	userFlags
	ResetTOTP bool `name:"reset-totp" help:"Take the second factor away: its owner has lost it."`
}

func (userLinkCommand) Help() string {
	return "The link of before is void. The password of before is good until the link is used; user disable ends it at once.\n\nExample:\n  claimwatch user link wang\n  claimwatch user link wang --reset-totp"
}

func (c userLinkCommand) Run(ctx context.Context, term terminal) error {
	server, v, err := c.find(ctx)
	if err != nil {
		return err
	}
	if err := server.post(ctx, "/v1/accounts/"+url.PathEscape(v.AccountID)+"/link", map[string]any{"reset_totp": c.ResetTOTP}, &v); err != nil {
		return err
	}
	return tellLink(term, server, &v)
}

type userRolesCommand struct {
	userFlags
	Role []string `required:"" help:"All the roles from now on: officer, reviewer, director, clerk, supervisor, administrator."`
	City string   `help:"Of this city's agency from now on. Without it of the province."`
}

func (userRolesCommand) Help() string {
	return "Sessions go on with the new roles at once.\n\nExample:\n  claimwatch user roles wang --role reviewer\n  claimwatch user roles wang --role officer --city 太原"
}

func (c userRolesCommand) Run(ctx context.Context, term terminal) error {
	ask := map[string]any{"roles": c.Role}
	if c.City != "" {
		ask["city"] = c.City
	}
	return c.change(ctx, term, ask)
}

type userDisableCommand struct{ userFlags }

func (userDisableCommand) Help() string { return "Example:\n  claimwatch user disable wang" }

func (c userDisableCommand) Run(ctx context.Context, term terminal) error {
	return c.change(ctx, term, map[string]any{"disabled": true})
}

type userEnableCommand struct{ userFlags }

func (userEnableCommand) Help() string { return "Example:\n  claimwatch user enable wang" }

func (c userEnableCommand) Run(ctx context.Context, term terminal) error {
	return c.change(ctx, term, map[string]any{"disabled": false})
}
