// Package quarantine moves refused records from the log into the store, where
// hospitals and officers read why and from where each can be mended.
package quarantine
