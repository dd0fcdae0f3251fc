// Package check is the door for those who ask before they send: POST /v1/check
// reads and judges a body as the door of uploads does, stores nothing of it, and
// answers what the records would cause.
package check
