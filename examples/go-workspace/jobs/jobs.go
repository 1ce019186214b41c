// Package jobs is what the programs share.
package jobs

import "github.com/google/uuid"

// Job is one piece of work.
type Job struct {
	ID string `json:"id"`
}

// New makes a job with an ID of its own.
func New() Job { return Job{ID: uuid.NewString()} }
