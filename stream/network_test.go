package stream

import (
	"context"
	"net"
	"sync"
)

// network breaks connections of a client on demand, with either broker behind it.
type network struct {
	mu    sync.Mutex
	cond  *sync.Cond
	held  bool // answers do not arrive
	conns map[*brokenConn]bool
}

// via routes a configuration through a network that can be broken.
func via(cfg Config) (Config, *network) {
	n := &network{conns: make(map[*brokenConn]bool)}
	n.cond = sync.NewCond(&n.mu)
	cfg.dial = func(ctx context.Context, netw, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, netw, address)
		if err != nil {
			return nil, err
		}
		b := &brokenConn{Conn: conn, net: n}
		n.mu.Lock()
		defer n.mu.Unlock()
		n.conns[b] = true
		return b, nil
	}
	return cfg, n
}

// hold keeps back every answer until release: requests still reach the broker.
func (n *network) hold() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.held = true
}

// holdOld keeps back answers on the connections that are open now, for ever, as
// a firewall does that forgot them.
func (n *network) holdOld() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for c := range n.conns {
		c.held = true
	}
}

func (n *network) release() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.held = false
	n.cond.Broadcast()
}

type brokenConn struct {
	net.Conn
	net    *network
	held   bool
	closed bool
}

func (c *brokenConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.net.mu.Lock()
	defer c.net.mu.Unlock()
	for (c.net.held || c.held) && !c.closed {
		c.net.cond.Wait()
	}
	return n, err
}

func (c *brokenConn) Close() error {
	c.net.mu.Lock()
	c.closed = true
	delete(c.net.conns, c)
	c.net.cond.Broadcast()
	c.net.mu.Unlock()
	return c.Conn.Close()
}
