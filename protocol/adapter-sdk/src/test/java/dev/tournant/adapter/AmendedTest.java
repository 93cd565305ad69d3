package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.model.InvalidValue;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmendedTest {
    private static ManifestAdapter potluck() {
        return ManifestAdapter.onClassPath(AmendedTest.class, "/potluck/potluck.yaml");
    }

    /** One that is not handed on would be the interface's own, and the other adapter's be forgotten. */
    @Test
    void handsOnAllThatAnAdapterHas() throws NoSuchMethodException {
        for (Method method : Adapter.class.getMethods()) {
            assertThat(Amended.class
                            .getMethod(method.getName(), method.getParameterTypes())
                            .getDeclaringClass())
                    .as(method.getName())
                    .isEqualTo(Amended.class);
        }
    }

    @Test
    void isTheOtherAdapterButForWhatItSaysItself() {
        Adapter amended = new Amended(potluck()) {
            @Override
            public List<String> resources() {
                return List.of("catalog");
            }
        };
        assertThat(amended.resources()).containsExactly("catalog");
        assertThat(amended.partner()).isEqualTo(potluck().partner());
        assertThat(amended.capabilities()).isEqualTo(potluck().capabilities());
        assertThat(amended.pagesLast("catalog")).isEqualTo(potluck().pagesLast("catalog"));
    }

    @Test
    void saysWhichManifestIsNotThereOrIsWrong() {
        assertThatThrownBy(() -> ManifestAdapter.onClassPath(AmendedTest.class, "/nowhere.yaml"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("there is no /nowhere.yaml on the class path");
        assertThatThrownBy(() -> ManifestAdapter.onClassPath(AmendedTest.class, "/manifest/catalog.json"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("/manifest/catalog.json:");
    }
}
