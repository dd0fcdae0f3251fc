package audit

import (
	"context"
	_ "embed"
	"html/template"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/signon"
)

// The paths of the sign-on.
const (
	SignOnStart    = "/auth/oidc/start"
	SignOnCallback = "/auth/oidc/callback"
)

type methodsAnswer struct {
	Body struct {
		Password bool          `json:"password" doc:"POST /v1/session"`
		OIDC     *signOnMethod `json:"oidc,omitempty" doc:"the sign-on of the agency; left out where there is none"`
	}
}

type signOnMethod struct {
	Name  string `json:"name" doc:"what the agency calls it"`
	Start string `json:"start" doc:"where a browser goes; with ?return= and a path of this server it comes back there"`
}

func (a *Audit) registerMethods(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "sign-in-methods", Method: http.MethodGet, Path: "/v1/session/methods", Tags: []string{"sessions"}, Security: []map[string][]string{},
		Summary: "By what somebody can sign in", Description: "For the page to sign in: needs no key.",
	}, func(context.Context, *struct{}) (*methodsAnswer, error) {
		out := &methodsAnswer{}
		if out.Body.Password = true; a.deps.SignOn != nil {
			out.Body.OIDC = &signOnMethod{Name: a.deps.SignOn.Name(), Start: SignOnStart}
		}
		return out, nil
	})
}

// carrying is the cookie that a browser carries from the begin of a sign-on to its end. It
// comes back from another site, so it cannot be strict; it is worth nothing without the
// answer of the sign-on, and closed.
func carrying(by claimwatch.Visitor, value string) *http.Cookie {
	c := &http.Cookie{
		Name: "__Host-claimwatch_signon", Value: value, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		MaxAge: int(signon.Lasts / time.Second),
	}
	if by.Plain {
		c.Name, c.Secure = "claimwatch_signon", false
	}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

// StartSignOn sends a browser to the sign-on of the agency.
func (a *Audit) StartSignOn(w http.ResponseWriter, r *http.Request) {
	by := claimwatch.VisitorFrom(r.Context())
	address, carried, err := a.deps.SignOn.Begin(r.Context(), r.URL.Query().Get("return"))
	if err != nil {
		a.notSignedOn(w, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.SetCookie(w, carrying(by, carried))
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// EndSignOn takes a browser back, and opens its session.
func (a *Audit) EndSignOn(w http.ResponseWriter, r *http.Request) {
	by := claimwatch.VisitorFrom(r.Context())
	carried := ""
	if c, err := r.Cookie(carrying(by, "").Name); err == nil {
		carried = c.Value
	}
	http.SetCookie(w, carrying(by, "")) // for one answer only
	began, to, err := a.endSignOn(r, by, carried)
	if err != nil {
		a.notSignedOn(w, err)
		return
	}
	a.met.signIns.WithLabelValues("passed").Inc()
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Add("Set-Cookie", began.SetCookie)
	// The page is the console, which asks the API itself: a strict cookie is not sent with
	// a page to which another site has led, and with what the page asks for it is.
	http.Redirect(w, r, to, http.StatusSeeOther)
}

func (a *Audit) endSignOn(r *http.Request, by claimwatch.Visitor, carried string) (*sessionAnswer, string, error) {
	ctx := r.Context()
	if !a.caughtUp() {
		return nil, "", refusedFor(reasonStarting, nil)
	}
	// Each answer costs a call of the sign-on: whoever makes them up has to wait.
	if a.door.addresses.Wait(a.deps.Now(), by.Address) > 0 {
		return nil, "", refusedFor(reasonSlow, nil)
	}
	p, to, unknown := a.deps.SignOn.Finish(ctx, carried, r.URL.Query())
	if why := reasonOf(unknown); unknown != nil && (why == signon.Denied || why == signon.BadProof || why == signon.Stale) {
		a.door.addresses.Failed(a.deps.Now(), by.Address)
	}
	person, err := a.signOnPerson(ctx, p, unknown)
	if err != nil {
		return nil, "", err
	}
	began, err := a.begin(ctx, person)
	return began, to, err
}

//go:embed signon.html
var signOnPage string

var signOnTemplate = template.Must(template.New("sign-on").Parse(signOnPage))

// said is what the page says, to people in both languages.
type said struct {
	Status int
	ZH, EN string
}

var saidFor = map[signon.Reason]said{
	signon.Away:          {http.StatusServiceUnavailable, "统一认证暂时没有应答，请稍后再试。", "The sign-on does not answer: try again in a moment."},
	signon.Stale:         {http.StatusUnauthorized, "本次登录不是从这个浏览器开始的，或已超过十分钟，请重新登录。", "This sign-in was not begun in this browser, or more than ten minutes ago: begin again."},
	signon.Denied:        {http.StatusUnauthorized, "统一认证没有通过，请重新登录。", "The sign-on did not let you in: begin again."},
	signon.BadProof:      {http.StatusUnauthorized, "统一认证的凭证无效，请联系系统管理员。", "The proof of the sign-on is not valid: tell the operator of this server."},
	signon.BadLogin:      {http.StatusForbidden, "统一认证给出的账号名不能使用，请联系系统管理员。", "The login that the sign-on gives cannot be used here: ask an administrator."},
	signon.NoRights:      {http.StatusForbidden, "您在本系统没有权限，请向管理员申请。", "You have no rights here: ask an administrator of the sign-on for them."},
	signon.Contradiction: {http.StatusForbidden, "统一认证给出的权限互相矛盾，请联系管理员。", "The rights that the sign-on gives contradict each other: ask its administrator."},
	reasonTaken:          {http.StatusConflict, "同名账号属于他人，请联系管理员。", "An account of somebody else has this login: ask an administrator."},
	reasonDisabled:       {http.StatusForbidden, "您的账号已停用，请联系管理员。", "Your account is disabled: ask an administrator."},
	reasonKind:           {http.StatusForbidden, "医疗机构人员与经办机构人员不能共用账号，请联系管理员。", "A person of an institution does not become one of the agency, or the other way round: ask an administrator."},
	reasonSlow:           {http.StatusTooManyRequests, "尝试次数过多，请十五分钟后再试。", "Too many attempts: try again in fifteen minutes."},
	reasonStarting:       {http.StatusServiceUnavailable, "系统正在启动，请稍后再试。", "The server is starting: try again in a moment."},
	reasonFault:          {http.StatusInternalServerError, "系统出现故障，请联系系统管理员。", "Something failed: tell the operator of this server."},
}

// notSignedOn says on a page why nobody was signed in. What the sign-on has said is for the
// log: nothing of a request is on the page.
func (a *Audit) notSignedOn(w http.ResponseWriter, err error) {
	why := reasonOf(err)
	outcome := "refused"
	if why == reasonSlow {
		outcome = "delayed"
	}
	a.met.signIns.WithLabelValues(outcome).Inc()
	a.log.Warn("nobody was signed in by the sign-on", zap.String("reason", string(why)), zap.Error(err))
	page := saidFor[why]
	if page.Status == http.StatusServiceUnavailable || page.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", strconv.Itoa(10))
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(page.Status)
	_ = signOnTemplate.Execute(w, struct {
		said
		Reason signon.Reason
	}{page, why}) // the browser has gone: nobody to tell
}
