package main

import (
	"log"
	"time"

	"example.com/queue/jobs"
)

func main() {
	for {
		log.Print("done: ", jobs.New().ID)
		time.Sleep(time.Minute)
	}
}
