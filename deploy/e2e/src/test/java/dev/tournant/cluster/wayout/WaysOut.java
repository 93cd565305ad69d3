package dev.tournant.cluster.wayout;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpRequest;
import akka.stream.javadsl.Tcp;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/** What no part of a node may do; never run. Each class breaks the rule in one way. */
public final class WaysOut {
    private WaysOut() {}

    static final class JavaHttp {
        HttpResponse<String> ask(URI partner) throws IOException, InterruptedException {
            return HttpClient.newHttpClient()
                    .send(java.net.http.HttpRequest.newBuilder(partner).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    static final class UrlStream {
        InputStream ask(URI partner) throws IOException {
            return partner.toURL().openStream();
        }
    }

    static final class UrlConnection {
        Object ask(URI partner) throws IOException {
            return partner.toURL().openConnection();
        }
    }

    static final class PlainSocket {
        Object ask(String host) throws IOException {
            return new Socket(host, 80);
        }
    }

    static final class FactorySocket {
        Object ask(String host) throws IOException {
            return SocketFactory.getDefault().createSocket(host, 80);
        }
    }

    static final class Channel {
        Object ask(InetSocketAddress partner) throws IOException {
            return SocketChannel.open(partner);
        }
    }

    static final class AkkaSingle {
        Object ask(ActorSystem<?> system) {
            return Http.get(system).singleRequest(HttpRequest.create("https://partner.example"));
        }
    }

    static final class AkkaPool {
        Object ask(ActorSystem<?> system) {
            return Http.get(system).superPool();
        }
    }

    static final class AkkaConnection {
        Object ask(ActorSystem<?> system) {
            return Http.get(system).connectionTo("partner.example").https();
        }
    }

    static final class AkkaTcp {
        Object ask(ActorSystem<?> system) {
            return Tcp.get(system).outgoingConnection("partner.example", 80);
        }
    }
}
